import {
  applyProperties,
  type CollectionAdvancedChange,
  type HomeDroppedChange,
  type HomePutChange,
  type MemberPropertiesChange,
  type ReadModelChange,
  type ReadModelWriter,
} from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import { advanceCollection, dropCollection, makeCollection } from './collection-operations.js';
import type { CollectionDocument, MemberDocument, ReadModelCollections } from './collections.js';
import { advanceDirectory, dropPrincipal, dropTenant, putPrincipal, putTenant } from './directory-operations.js';
import { buryMember, dropMembers, putMember } from './member-operations.js';

/** One ordered bulk write for the members of a batch, then one for its collections (design 3). */
export class MongoReadModelWriter implements ReadModelWriter {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async apply(changes: readonly ReadModelChange[]): Promise<void> {
    const batch = new Batch(this.#models);
    for (const change of changes) await batch.add(change);
    await batch.flush();
  }
}

class Batch {
  readonly #models: ReadModelCollections;
  #members: AnyBulkWriteOperation<MemberDocument>[] = [];
  #collections: AnyBulkWriteOperation<CollectionDocument>[] = [];

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async flush(): Promise<void> {
    const [members, collections] = [this.#members, this.#collections];
    this.#members = [];
    this.#collections = [];
    if (members.length > 0) await this.#models.members.bulkWrite(members);
    if (collections.length > 0) await this.#models.collections.bulkWrite(collections);
  }

  async add(change: ReadModelChange): Promise<void> {
    switch (change.kind) {
      case 'member-put':
        this.#members.push(...putMember(change));
        return;
      case 'member-gone':
        this.#members.push(...buryMember(change));
        return;
      case 'members-dropped':
        this.#members.push(...dropMembers(change));
        return;
      case 'member-properties':
        return this.#changeMemberProperties(change);
      case 'collection-made':
        this.#collections.push(...makeCollection(change));
        return;
      case 'collection-advanced':
        this.#collections.push(...advanceCollection(change, await this.#propertiesAfter(change)));
        return;
      case 'collection-dropped':
        this.#collections.push(...dropCollection(change));
        return;
      case 'home-put':
        return this.#putHome(change);
      case 'home-dropped':
        return this.#dropHome(change);
      case 'directory-advanced':
        return advanceDirectory(this.#models, change);
      case 'tenant-put':
        return putTenant(this.#models, change);
      case 'tenant-dropped':
        return dropTenant(this.#models, change);
      case 'principal-put':
        return putPrincipal(this.#models, change);
      case 'principal-dropped':
        return dropPrincipal(this.#models, change);
    }
  }

  /** Undefined when the change leaves them alone; what the batch holds is written before they are read. */
  async #propertiesAfter({ stream, set, removed = [] }: CollectionAdvancedChange): Promise<string | undefined> {
    if (set === undefined) return undefined;
    await this.flush();
    const before = await this.#models.collections.findOne({ _id: stream }, { projection: { properties: 1 } });
    return applyProperties(before?.properties ?? null, set, removed);
  }

  /** The member's version is that of its content and stays; the collection's version guards the repetition. */
  async #changeMemberProperties({ stream, name, version, set, removed }: MemberPropertiesChange): Promise<void> {
    await this.flush();
    const { members, collections } = this.#models;
    const folder = await collections.findOne({ _id: stream, version: { $lt: version } }, { projection: { _id: 1 } });
    const member = await members.findOne({ _id: `${stream}/${name}`, live: true }, { projection: { properties: 1 } });
    if (folder === null || member === null) return;
    const properties = applyProperties(member.properties, set, removed);
    await members.updateOne({ _id: `${stream}/${name}` }, { $set: { properties } });
  }

  async #putHome({ record, folders, set, removed }: HomePutChange): Promise<void> {
    const { stream, version } = record;
    const before = await this.#models.homes.findOne({ _id: stream });
    if (before !== null && before.version >= version) return;
    const home = {
      version,
      live: true,
      defaultCalendar: folders?.defaultCalendar ?? before?.defaultCalendar ?? '',
      defaultTasks: folders?.defaultTasks ?? before?.defaultTasks ?? '',
      properties: applyProperties(folders === undefined ? (before?.properties ?? null) : null, set, removed),
    };
    await this.#models.homes.replaceOne({ _id: stream }, home, { upsert: true });
  }

  async #dropHome({ stream, version }: HomeDroppedChange): Promise<void> {
    const gone = { version, live: false, properties: '{}' };
    await this.#models.homes.updateOne({ _id: stream, version: { $lt: version } }, { $set: gone });
  }
}
