import { commandId } from '@almanac/contracts';
import { type EventStore, VersionConflict } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { commit, created, otherStream, stream } from './samples.js';

/** What every EventStore does. @param open gives a new, empty store for each case. */
export function eventStoreContract(open: () => Promise<EventStore>): void {
  describe('EventStore', () => {
    it('gives back what was appended, in order and whole', async () => {
      const store = await open();
      const first = commit(1, { events: [created()], device: 'phone', traceparent: '00-a-b-01' });
      await store.append([first, commit(2)]);
      expect(await store.read(stream, 0, 10)).toEqual([first, commit(2)]);
    });

    it('reads after a version, and no more than asked for', async () => {
      const store = await open();
      await store.append([commit(1), commit(2), commit(3)]);
      expect((await store.read(stream, 1, 1)).map(({ version }) => version)).toEqual([2]);
      expect(await store.read(stream, 3, 10)).toEqual([]);
    });

    it('refuses a version that is taken', async () => {
      const store = await open();
      await store.append([commit(1)]);
      await expect(store.append([commit(1, { commandId: commandId('late') })])).rejects.toThrow(VersionConflict);
      expect((await store.read(stream, 0, 10)).map((found) => found.commandId)).toEqual(['command-1']);
    });

    it('refuses a second commit of the same command in a stream', async () => {
      const store = await open();
      await store.append([commit(1)]);
      await expect(store.append([commit(2, { commandId: commandId('command-1') })])).rejects.toThrow(VersionConflict);
    });

    it('names the stream that has moved on', async () => {
      const store = await open();
      await store.append([commit(1)]);
      await expect(store.append([commit(1)])).rejects.toMatchObject({ stream });
    });

    it('keeps streams apart', async () => {
      const store = await open();
      await store.append([commit(1), commit(1, { stream: otherStream }), commit(2)]);
      expect(await store.heads([stream, otherStream])).toEqual(
        new Map([
          [stream, { version: 2 }],
          [otherStream, { version: 1 }],
        ]),
      );
      expect(await store.read(otherStream, 0, 10)).toHaveLength(1);
    });

    it('gives 0 as the head of a stream that it does not have', async () => {
      const store = await open();
      expect(await store.heads([stream])).toEqual(new Map([[stream, { version: 0 }]]));
    });

    it('finds commits by their commands', async () => {
      const store = await open();
      await store.append([commit(1), commit(2)]);
      const wanted = [commandId('command-2'), commandId('never')].map((id) => ({ stream, commandId: id }));
      const elsewhere = { stream: otherStream, commandId: commandId('command-1') };
      expect((await store.findByCommands([...wanted, elsewhere])).map(({ version }) => version)).toEqual([2]);
    });
  });
}
