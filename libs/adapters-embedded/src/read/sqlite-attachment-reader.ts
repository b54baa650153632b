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
import type { Database, Row } from '../database.js';

export class SqliteAttachmentReader implements AttachmentReader, AttachmentStateReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async attachments(tenant: TenantId, managedIds: readonly string[]): Promise<readonly AttachmentRecord[]> {
    const sql = `SELECT record FROM json_each(?2) AS wanted CROSS JOIN attachments
      WHERE tenant = ?1 AND managed_id = wanted.value AND live = 1`;
    return this.#database.all(sql, tenant, JSON.stringify(managedIds)).map(recordFrom);
  }

  async attachmentHome(stream: StreamName): Promise<AttachmentHomeRecord> {
    const { version, used, kept } = this.#home(stream);
    return { stream, version, used, kept };
  }

  async streamsReferredTo({ stream, name }: Pick<AttachmentHolder, 'stream'> & Partial<AttachmentHolder>) {
    const sql = `SELECT DISTINCT attachments.stream FROM attachment_references JOIN attachments USING (tenant, managed_id)
      WHERE collection = ?1 AND ${name === undefined ? '1' : 'member = ?2'}`;
    const rows = name === undefined ? this.#database.all(sql, stream) : this.#database.all(sql, stream, name);
    return rows.map(([found]) => streamName(String(found)));
  }

  async idleAttachments(idleBefore: number, limit: number): Promise<readonly AttachmentRecord[]> {
    const sql = `SELECT record FROM attachments INDEXED BY attachments_idle
      WHERE idle_since IS NOT NULL AND idle_since <= ? ORDER BY stream, idle_since LIMIT ?`;
    return this.#database.all(sql, idleBefore, limit).map(recordFrom);
  }

  async digestsInUse(tenant: TenantId, digests: readonly string[]): Promise<ReadonlySet<string>> {
    const sql = `SELECT DISTINCT digest FROM json_each(?2) AS wanted CROSS JOIN attachments
      WHERE tenant = ?1 AND digest = wanted.value AND live = 1`;
    return new Set(this.#database.all(sql, tenant, JSON.stringify(digests)).map(([digest]) => String(digest)));
  }

  async tenantsWithAttachments(): Promise<readonly TenantId[]> {
    return this.#database
      .all('SELECT DISTINCT tenant FROM attachment_homes ORDER BY tenant')
      .map(([tenant]) => tenantId(String(tenant)));
  }

  async attachmentStates(lookups: readonly AttachmentsLookup[]): Promise<readonly LoadedAttachments[]> {
    return lookups.map((lookup) => this.#state(lookup));
  }

  #state({ stream, managedIds, holders, collections }: AttachmentsLookup): LoadedAttachments {
    const rows = [
      ...this.#all(
        `SELECT managed_id, record FROM json_each(?2) AS wanted CROSS JOIN attachments
         WHERE tenant = ?3 AND managed_id = wanted.value AND live = 1 AND stream = ?1`,
        { stream, values: [JSON.stringify(managedIds), tenantOf(stream)] },
      ),
      ...holders.flatMap(({ stream: collection, name }) =>
        this.#all(`${referredTo} collection = ?2 AND member = ?3`, { stream, values: [collection, name] }),
      ),
      ...collections.flatMap((collection) =>
        this.#all(`${referredTo} collection = ?2`, { stream, values: [collection] }),
      ),
    ];
    const found = new Map(rows.map(([managedId, record]) => [String(managedId), recordFrom([record])]));
    return { ...this.#home(stream), stream, attachments: [...found.values()] };
  }

  #all(sql: string, { stream, values }: { stream: string; values: readonly string[] }): readonly Row[] {
    return this.#database.all(sql, stream, ...values);
  }

  #home(stream: StreamName): Omit<LoadedAttachments, 'attachments'> {
    const row = this.#database.get(
      'SELECT version, used, kept, positions FROM attachment_homes WHERE stream = ?',
      stream,
    );
    const [version, used, kept, positions] = (row ?? [0, 0, 0, '{}']) as [number, number, number, string];
    return { stream, version, used, kept, positions: JSON.parse(positions) };
  }
}

const referredTo = `SELECT managed_id, record FROM attachment_references JOIN attachments USING (tenant, managed_id)
  WHERE attachments.stream = ?1 AND live = 1 AND`;

const tenantOf = (stream: StreamName): string => stream.split('/')[0] ?? '';

const recordFrom = ([record]: Row): AttachmentRecord => JSON.parse(String(record)) as AttachmentRecord;
