import {
  type AttachmentEvent,
  type AttachmentRecord,
  attachmentsStream,
  principalId,
  type StreamName,
  tenantId,
} from '@almanac/contracts';
import type { AttachmentReader, AttachmentStateReader, ReadModelChange, ReadModelWriter } from '@almanac/ports';
import { describe, expect, it } from 'vitest';

export interface AttachmentModels {
  readonly writer: ReadModelWriter;
  readonly attachments: AttachmentReader;
  readonly states: AttachmentStateReader;
}

const tenant = tenantId('example');
const adas = attachmentsStream(tenant, principalId('ada'));
const bobs = attachmentsStream(tenant, principalId('bob'));
const holder = { stream: 'example/ada/work', name: 'a.ics' };
const digest = 'd'.repeat(64);

const record = (managedId: string, version: number, changes: Partial<AttachmentRecord> = {}): AttachmentRecord => ({
  managedId,
  digest,
  size: 10,
  mediaType: 'text/plain',
  filename: 'a.txt',
  origin: 'https://dav.example.org',
  tenant,
  home: 'ada',
  stream: adas,
  version,
  creator: 'ada',
  addedAt: 1_000,
  references: [],
  awaited: [holder],
  idleSince: 1_000,
  ...changes,
});

const added = (managedId: string, version: number, changes: Partial<AttachmentRecord> = {}): ReadModelChange => ({
  kind: 'attachment-added',
  record: record(managedId, version, changes),
});

const referred = (
  version: number,
  of: { referred?: string[]; released?: string[]; by?: typeof holder },
): AttachmentEvent => ({
  type: 'ReferencesChanged',
  schema: 1,
  holder: of.by ?? holder,
  version: version * 10,
  referred: of.referred ?? [],
  released: of.released ?? [],
  at: version * 1_000,
  used: 0,
});

const uses = (managedId: string, version: number, event: AttachmentEvent): ReadModelChange => ({
  kind: 'attachment-uses',
  ...{ stream: adas, version, tenant, managedId, event },
});

const advanced = (version: number, used = 0, kept = 0, stream: StreamName = adas): ReadModelChange => ({
  kind: 'attachments-advanced',
  ...{ stream, version, tenant, used, kept, position: { collection: holder.stream, version: version * 10 } },
});

/** What every set of read models of attachments does. @param open gives new, empty ones for each case. */
export function attachmentReaderContract(open: () => Promise<AttachmentModels>): void {
  describe('read models of attachments', () => {
    it('show an attachment, and what its home keeps', async () => {
      const { writer, attachments } = await open();
      await writer.apply([added('x', 1), advanced(1, 10, 10)]);
      expect(await attachments.attachments(tenant, ['x', 'y'])).toEqual([record('x', 1)]);
      expect(await attachments.attachments(tenantId('other'), ['x'])).toEqual([]);
      expect(await attachments.attachmentHome(adas)).toEqual({ stream: adas, version: 1, used: 10, kept: 10 });
      expect(await attachments.attachmentHome(bobs)).toEqual({ stream: bobs, version: 0, used: 0, kept: 0 });
      expect(await attachments.tenantsWithAttachments()).toEqual([tenant]);
    });

    it('follow references, and find streams by the member and by the collection', async () => {
      const { writer, attachments } = await open();
      await writer.apply([
        added('x', 1),
        advanced(1, 10, 10),
        uses('x', 2, referred(2, { referred: ['x'] })),
        advanced(2),
      ]);
      const [found] = await attachments.attachments(tenant, ['x']);
      expect(found).toEqual(record('x', 2, { references: [holder], awaited: [], idleSince: null }));
      expect(await attachments.streamsReferredTo(holder)).toEqual([adas]);
      expect(await attachments.streamsReferredTo({ stream: holder.stream })).toEqual([adas]);
      expect(await attachments.streamsReferredTo({ ...holder, name: 'b.ics' })).toEqual([]);
      await writer.apply([uses('x', 3, referred(3, { released: ['x'] })), advanced(3, -10)]);
      expect(await attachments.streamsReferredTo(holder)).toEqual([]);
      expect(await attachments.attachmentHome(adas)).toMatchObject({ version: 3, used: 0, kept: 10 });
    });

    it('change nothing when the same change comes again, or after a newer one', async () => {
      const { writer, attachments, states } = await open();
      const changes = [
        ...[added('x', 1), advanced(1, 10, 10)],
        ...[uses('x', 2, referred(2, { referred: ['x'] })), advanced(2)],
        ...[uses('x', 3, referred(3, { released: ['x'] })), advanced(3, -10)],
      ];
      await writer.apply(changes);
      const lookup = { stream: adas, managedIds: ['x'], holders: [], collections: [] };
      const before = [await attachments.attachments(tenant, ['x']), await states.attachmentStates([lookup])];
      await writer.apply(changes);
      await writer.apply(changes.slice(0, 4));
      expect([await attachments.attachments(tenant, ['x']), await states.attachmentStates([lookup])]).toEqual(before);
    });

    it('find what is idle, and the blobs that are in use', async () => {
      const { writer, attachments } = await open();
      await writer.apply([
        added('x', 1, { digest: 'a'.repeat(64) }),
        added('y', 1, { digest: 'b'.repeat(64), idleSince: 5_000 }),
        advanced(1, 20, 20),
        uses('x', 2, referred(2, { referred: ['x'] })),
        advanced(2),
      ]);
      expect(await attachments.idleAttachments(4_999, 10)).toEqual([]);
      expect((await attachments.idleAttachments(5_000, 10)).map(({ managedId }) => managedId)).toEqual(['y']);
      const asked = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
      expect(await attachments.digestsInUse(tenant, asked)).toEqual(new Set(asked.slice(0, 2)));
      expect(await attachments.digestsInUse(tenantId('other'), asked)).toEqual(new Set());
    });

    it('give no more idle ones than asked for', async () => {
      const { writer, attachments } = await open();
      await writer.apply([...['x', 'y', 'z'].map((id) => added(id, 1)), advanced(1, 30, 30)]);
      expect(await attachments.idleAttachments(9_999, 2)).toHaveLength(2);
    });

    it('forget what is gone, and keep it gone', async () => {
      const { writer, attachments } = await open();
      const gone: ReadModelChange = { kind: 'attachment-gone', stream: adas, version: 3, tenant, managedId: 'x' };
      await writer.apply([added('x', 1), advanced(1, 10, 10), gone, advanced(3, -10, -10)]);
      await writer.apply([added('x', 1), uses('x', 2, referred(2, { referred: ['x'] }))]);
      expect(await attachments.attachments(tenant, ['x'])).toEqual([]);
      expect(await attachments.idleAttachments(9_999, 10)).toEqual([]);
      expect(await attachments.digestsInUse(tenant, [digest])).toEqual(new Set());
      expect(await attachments.streamsReferredTo(holder)).toEqual([]);
    });

    it('give what decisions need: those that are named, and those that members and collections refer to', async () => {
      const { writer, states } = await open();
      const other = { stream: 'example/ada/play', name: 'b.ics' };
      await writer.apply([
        ...['x', 'y', 'z'].map((id) => added(id, 1)),
        advanced(1, 30, 30),
        uses('y', 2, referred(2, { referred: ['y'] })),
        uses('z', 2, referred(2, { referred: ['z'], by: other })),
        advanced(2),
      ]);
      const ids = async (lookup: { managedIds?: string[]; holders?: (typeof holder)[]; collections?: string[] }) => {
        const [state] = await states.attachmentStates([
          { stream: adas, managedIds: [], holders: [], collections: [], ...lookup },
        ]);
        return state?.attachments.map(({ managedId }) => managedId).toSorted();
      };
      expect(await ids({ managedIds: ['x', 'none'], holders: [holder] })).toEqual(['x', 'y']);
      expect(await ids({ collections: [other.stream], holders: [other] })).toEqual(['z']);
      const [state, empty] = await states.attachmentStates([
        { stream: adas, managedIds: [], holders: [], collections: [] },
        { stream: bobs, managedIds: ['x'], holders: [holder], collections: [] },
      ]);
      expect(state).toMatchObject({ version: 2, used: 30, kept: 30, positions: { [holder.stream]: 20 } });
      expect(empty).toEqual({ stream: bobs, version: 0, used: 0, kept: 0, positions: {}, attachments: [] });
    });
  });
}
