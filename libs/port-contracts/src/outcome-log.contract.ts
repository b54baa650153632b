import { accepted, commandId, refused } from '@almanac/contracts';
import type { OutcomeLog, SilentOutcome } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { otherStream, stream } from './samples.js';

/** What every OutcomeLog does. @param open gives a new, empty one for each case. */
export function outcomeLogContract(open: () => Promise<OutcomeLog>): void {
  describe('OutcomeLog', () => {
    const until = Date.now() + 600_000;
    const refusal: SilentOutcome = {
      stream,
      commandId: commandId('a'),
      result: refused({ code: 'no-uid-conflict', detail: 'taken', member: 'x.ics' }),
      until,
    };
    const nothing: SilentOutcome = { stream, commandId: commandId('b'), result: accepted({ version: 3 }), until };

    it('gives back what was recorded, and nothing of other commands and streams', async () => {
      const log = await open();
      await log.record([refusal, nothing]);
      const never = { stream, commandId: commandId('never') };
      const elsewhere = { stream: otherStream, commandId: commandId('a') };
      const found = await log.find([never, elsewhere, refusal, nothing]);
      expect(found.toSorted((left, right) => left.commandId.localeCompare(right.commandId))).toEqual([
        refusal,
        nothing,
      ]);
    });

    it('keeps the first outcome of a command', async () => {
      const log = await open();
      await log.record([refusal]);
      await log.record([{ ...refusal, result: accepted({ version: 9 }) }]);
      expect(await log.find([refusal])).toEqual([refusal]);
    });

    it('bears to be asked for nothing', async () => {
      const log = await open();
      await log.record([]);
      expect(await log.find([])).toEqual([]);
    });
  });
}
