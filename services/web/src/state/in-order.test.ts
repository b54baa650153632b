import { expect, it } from 'vitest';
import { inOrder } from './in-order.js';

it('an answer that comes after a newer one’s is not shown', async () => {
  const shown: string[] = [];
  const show = inOrder<string>((answer) => shown.push(answer));
  const [first, second, third] = [1, 2, 3].map(() => Promise.withResolvers<string>());
  const all = [first, second, third].map((each) => show(each?.promise ?? Promise.resolve('')));
  second?.resolve('second');
  await all[1];
  first?.resolve('first');
  third?.resolve('third');
  await Promise.all(all);
  expect(shown).toEqual(['second', 'third']);
});
