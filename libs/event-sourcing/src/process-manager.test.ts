import { accepted, type Command, type Commit, type CommandResult } from '@almanac/contracts';
import { CommandFailed, type CommandGateway, Unavailable } from '@almanac/ports';
import { expect, it } from 'vitest';
import { processConsumer, type StepResult } from './process-manager.js';

const commit = { stream: 't/ada/work', version: 1 } as Commit;
const command = (id: string) => ({ commandId: id, stream: 't/ada/work' }) as Command;
const done = accepted({ version: 2 });

/** A process that takes three steps, and what became of them. */
function threeSteps(execute: CommandGateway['execute']) {
  const results: StepResult[] = [];
  const consumer = processConsumer(
    {
      name: 'test',
      types: new Set(),
      async react(_commit, step) {
        for (const id of ['a', 'b', 'c']) results.push(await step(command(id)));
      },
    },
    { execute },
  );
  return { results, consumer };
}

const failing =
  (error: Error): CommandGateway['execute'] =>
  async ({ commandId }) => {
    if (commandId === 'b') throw error;
    return done;
  };

it('goes on without a step that its owner cannot carry out, and knows that it failed', async () => {
  const { results, consumer } = threeSteps(failing(new CommandFailed({ name: 'RangeError', message: 'poisonous' })));
  await consumer.react(commit, new AbortController().signal);
  expect(results.map(({ kind }) => kind)).toEqual(['accepted', 'failed', 'accepted']);
});

it('does not go on without a step whose outcome is not known yet', async () => {
  const { results, consumer } = threeSteps(failing(new Unavailable('the brokers are away')));
  await expect(consumer.react(commit, new AbortController().signal)).rejects.toThrow(Unavailable);
  expect(results).toHaveLength(1);
});

it('begins no step, and waits for none, once it is over', async () => {
  const over = new AbortController();
  const asked: string[] = [];
  const { results, consumer } = threeSteps(({ commandId }) => {
    asked.push(commandId);
    if (commandId === 'a') return Promise.resolve(done);
    queueMicrotask(() => over.abort(new Error('the feed stops')));
    return new Promise<CommandResult>(() => {});
  });
  await expect(consumer.react(commit, over.signal)).rejects.toThrow('the feed stops');
  await expect(consumer.react(commit, over.signal)).rejects.toThrow('the feed stops');
  expect([asked, results]).toEqual([['a', 'b'], [done]]);
});
