import type { CommandResult } from '@almanac/contracts';
import { CommandFailed, type CommandGateway } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { command, facts } from './samples.js';

const create = {
  type: 'CreateCollection',
  epoch: 'e1',
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: {},
} as const;

const put = (name: string) =>
  ({ type: 'PutMember', name, text: name, size: name.length, facts: facts(name), condition: {} }) as const;

const outcomeOf = (result: CommandResult) => (result.kind === 'accepted' ? result.outcome : result.rejection);

/** What every CommandGateway with the calendar service behind it does. @param open gives one over an empty store. */
export function commandGatewayContract(open: () => Promise<CommandGateway>): void {
  describe('CommandGateway', () => {
    it('tells the outcome of a command', async () => {
      const gateway = await open();
      expect(outcomeOf(await gateway.execute(command('c1', create)))).toEqual({
        version: 1,
        epoch: 'e1',
        created: true,
      });
      const outcome = outcomeOf(await gateway.execute(command('c2', put('a'))));
      expect(outcome).toEqual({ version: 2, epoch: 'e1', created: true, altered: false });
    });

    it('tells a refusal, which leaves no trace', async () => {
      const gateway = await open();
      const refusal = outcomeOf(await gateway.execute(command('c1', put('a'))));
      expect(refusal).toMatchObject({ code: 'collection-missing' });
      expect(outcomeOf(await gateway.execute(command('c2', create)))).toMatchObject({ version: 1 });
    });

    it('gives the same outcome when the same command comes again, and does nothing twice', async () => {
      const gateway = await open();
      await gateway.execute(command('c1', create));
      const first = await gateway.execute(command('c2', put('a')));
      expect(await gateway.execute(command('c2', put('a')))).toEqual(first);
      expect(outcomeOf(await gateway.execute(command('c3', put('b'))))).toMatchObject({ version: 3 });
    });

    it('keeps the order of commands to one stream, and gives each its own version', async () => {
      const gateway = await open();
      await gateway.execute(command('c0', create));
      const names = Array.from({ length: 300 }, (_, index) => `m${index}`);
      const results = await Promise.all(names.map((name) => gateway.execute(command(name, put(name)))));
      expect(results.map((result) => (outcomeOf(result) as { version: number }).version)).toEqual(
        names.map((_, index) => index + 2),
      );
    });

    it('does not carry out what has waited too long', async () => {
      const gateway = await open();
      const late = { ...command('c1', create), notAfter: 1 };
      expect(outcomeOf(await gateway.execute(late))).toMatchObject({ code: 'expired' });
      expect(outcomeOf(await gateway.execute(command('c2', create)))).toMatchObject({ version: 1 });
    });

    it('says of a command that cannot be handled that it failed, and does not let it take its neighbours with it', async () => {
      const gateway = await open();
      await gateway.execute(command('c0', create));
      const broken = { ...command('c1', put('x')), body: { type: 'PutMember', name: 'x' } } as never;
      const [before, failed, after] = await Promise.allSettled([
        gateway.execute(command('c2', put('a'))),
        gateway.execute(broken),
        gateway.execute(command('c3', put('b'))),
      ]);
      expect([before.status, failed.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(failed).toMatchObject({ reason: expect.any(CommandFailed) });
      expect(failed).toMatchObject({ reason: { met: 'TypeError' } });
    });
  });
}
