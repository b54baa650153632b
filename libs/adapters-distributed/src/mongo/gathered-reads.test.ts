import { expect, it } from 'vitest';
import { GatheredReads } from './gathered-reads.js';

interface Question {
  readonly keys: readonly string[];
  readonly answer: PromiseWithResolvers<ReadonlyMap<string, string>>;
}

function slowReads() {
  const questions: Question[] = [];
  const reads = new GatheredReads<string>((keys) => {
    const answer = Promise.withResolvers<ReadonlyMap<string, string>>();
    questions.push({ keys, answer });
    return answer.promise;
  });
  const answer = (index: number): void => {
    const question = questions[index];
    const found = question?.keys.filter((key) => key !== 'none').map((key) => [key, `${key} at ${index}`] as const);
    question?.answer.resolve(new Map(found));
  };
  return { questions, reads, answer };
}

it('asks at once for what came while two questions were under way', async () => {
  const { questions, reads, answer } = slowReads();
  const found = ['a', 'b', 'c', 'none', 'c', 'a'].map((key) => reads.find(key));
  expect(questions.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
  answer(0);
  expect(await found[0]).toBe('a at 0');
  expect(questions[2]?.keys).toEqual(['c', 'none', 'a']);
  answer(1);
  answer(2);
  expect(await Promise.all(found)).toEqual(['a at 0', 'b at 1', 'c at 2', null, 'c at 2', 'a at 2']);
});

it('tells a fault to those who asked, and asks on', async () => {
  const { questions, reads, answer } = slowReads();
  const [first, second, third] = ['a', 'b', 'c'].map((key) => reads.find(key));
  questions[0]?.answer.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  answer(1);
  expect(await second).toBe('b at 1');
  answer(2);
  expect(await third).toBe('c at 2');
});
