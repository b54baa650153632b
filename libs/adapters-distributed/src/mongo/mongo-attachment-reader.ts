import {
  type AttachmentHolder,
  type AttachmentHomeRecord,
  type AttachmentRecord,
  type StreamName,
  streamName,
  type TenantId,
  tenantId,
} from '@almanac/contracts';
import type { AttachmentReader, AttachmentsLookup, AttachmentStateReader, LoadedAttachments } from '@almanac/ports';
import type { Filter } from 'mongodb';
import type { AttachmentDocument } from './collections.js';
import type { AttachmentModels } from './generation.js';
import type { ReadModels } from './read-models.js';

export class MongoAttachmentReader implements AttachmentReader, AttachmentStateReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  async attachments(tenant: TenantId, managedIds: readonly string[]): Promise<readonly AttachmentRecord[]> {
    if (managedIds.length === 0) return [];
    return this.#models.read('attachments', (models) =>
      recordsOf(models, [{ tenant, managedId: { $in: [...managedIds] } }]),
    );
  }

  async attachmentHome(stream: StreamName): Promise<AttachmentHomeRecord> {
    const found = await this.#models.read('attachments', ({ attachmentHomes }) =>
      attachmentHomes.findOne({ _id: stream }),
    );
    const { version = 0, used = 0, kept = 0 } = found ?? {};
    return { stream, version, used, kept };
  }

  async streamsReferredTo(
    holder: Pick<AttachmentHolder, 'stream'> & Partial<AttachmentHolder>,
  ): Promise<readonly StreamName[]> {
    const filter = referredTo(holder);
    const found = await this.#models.read('attachments', ({ attachments }) =>
      attachments.find(filter, { projection: { _id: 0, stream: 1 } }).toArray(),
    );
    return [...new Set(found.map(({ stream }) => streamName(stream)))];
  }

  idleAttachments(idleBefore: number, limit: number): Promise<readonly AttachmentRecord[]> {
    return this.#models.read('attachments', async ({ attachments }) => {
      // No number is null.
      const idle = attachments.find({ idleSince: { $lte: idleBefore } }).sort({ idleSince: 1 });
      return (await idle.limit(limit).toArray()).flatMap(({ record }) => record ?? []);
    });
  }

  async digestsInUse(tenant: TenantId, digests: readonly string[]): Promise<ReadonlySet<string>> {
    const filter = { tenant, digest: { $in: [...digests] } };
    const found = await this.#models.read('attachments', ({ attachments }) =>
      attachments.find(filter, { projection: { _id: 0, digest: 1 } }).toArray(),
    );
    return new Set(found.flatMap(({ digest }) => digest ?? []));
  }

  async tenantsWithAttachments(): Promise<readonly TenantId[]> {
    const found = await this.#models.read('attachments', ({ attachmentHomes }) => attachmentHomes.distinct('tenant'));
    return found.toSorted().map(tenantId);
  }

  async attachmentStates(lookups: readonly AttachmentsLookup[]): Promise<readonly LoadedAttachments[]> {
    return this.#models.load('attachments', (models) => Promise.all(lookups.map((lookup) => stateOf(models, lookup))));
  }
}

const holderKey = ({ stream, name }: AttachmentHolder): string => `${stream}/${name}`;

const referredTo = ({ stream, name }: Pick<AttachmentHolder, 'stream'> & Partial<AttachmentHolder>) =>
  name === undefined ? { collections: stream } : { holders: holderKey({ stream, name }) };

/** What is newer than the version makes the append fail; what is older would make the decision wrong: so that comes first. */
async function stateOf(
  models: AttachmentModels,
  { stream, managedIds, holders, collections }: AttachmentsLookup,
): Promise<LoadedAttachments> {
  const home = await models.attachmentHomes.findOne({ _id: stream });
  const filters: Filter<AttachmentDocument>[] = [
    ...(managedIds.length === 0 ? [] : [{ stream, managedId: { $in: [...managedIds] } }]),
    ...(holders.length === 0 ? [] : [{ stream, holders: { $in: holders.map(holderKey) } }]),
    ...(collections.length === 0 ? [] : [{ stream, collections: { $in: [...collections] } }]),
  ];
  const { version = 0, used = 0, kept = 0, positions = '{}' } = home ?? {};
  const attachments = await recordsOf(models, filters);
  return { stream, version, used, kept, positions: JSON.parse(positions), attachments };
}

async function recordsOf(
  { attachments }: AttachmentModels,
  filters: readonly Filter<AttachmentDocument>[],
): Promise<readonly AttachmentRecord[]> {
  const found = await Promise.all(filters.map((filter) => attachments.find({ ...filter, live: true }).toArray()));
  const records = found.flat().flatMap(({ record }) => record ?? []);
  return [...new Map(records.map((record) => [record.managedId, record])).values()];
}
