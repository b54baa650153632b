import { expect, it } from 'vitest';
import { SharedLookUps } from './shared-look-ups.js';

/** A look-up that is answered when the test says so. */
function slowLookUps() {
  const begun: PromiseWithResolvers<string>[] = [];
  const lookUp = (): Promise<string> => {
    const one = Promise.withResolvers<string>();
    begun.push(one);
    return one.promise;
  };
  return { begun, lookUp };
}

it('asks once more for all who came while it asked, after they came', async () => {
  const { begun, lookUp } = slowLookUps();
  const shared = new SharedLookUps<string>();
  const first = shared.find('ada', lookUp);
  const later = [shared.find('ada', lookUp), shared.find('ada', lookUp)];
  expect(begun).toHaveLength(1);
  begun[0]?.resolve('before');
  expect(await first).toBe('before');
  await Promise.resolve();
  expect(begun).toHaveLength(2);
  begun[1]?.resolve('after');
  expect(await Promise.all(later)).toEqual(['after', 'after']);
});

it('asks anew after a failure, and for each key by itself', async () => {
  const { begun, lookUp } = slowLookUps();
  const shared = new SharedLookUps<string>();
  const [ada, again, bob] = [shared.find('ada', lookUp), shared.find('ada', lookUp), shared.find('bob', lookUp)];
  expect(begun).toHaveLength(2);
  begun[0]?.reject(new Error('away'));
  await expect(ada).rejects.toThrow('away');
  begun[1]?.resolve('Bob');
  expect(await bob).toBe('Bob');
  begun[2]?.resolve('Ada');
  expect(await again).toBe('Ada');
  const last = shared.find('ada', lookUp);
  begun[3]?.resolve('Ada again');
  expect(await last).toBe('Ada again');
});
