import { applyProperties, type CollectionAdvancedChange } from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import { advanceCollection, dropCollection, isPlain, makeCollection } from './collection-operations.js';
import { CollectionSteps } from './collection-steps.js';
import type { MemberDocument } from './collections.js';
import type { CalendarModels } from './generation.js';
import type { CalendarChange } from './grouped-changes.js';
import { dropHome, putHome, putOverlay } from './home-operations.js';
import { buryMember, changeMemberProperties, dropMembers, putMember, renewMembers } from './member-operations.js';
import { collectionKey } from './read-model-keys.js';
import { purgeTrash, putTrash } from './trash-operations.js';
import { dropRevived } from './drop-revived.js';
import { writeInOrder } from './write-in-order.js';

/** One ordered bulk write for the members of a batch, then one for its collections (design 3). */
export class CalendarBatch {
  readonly #models: CalendarModels;
  #members: AnyBulkWriteOperation<MemberDocument>[] = [];
  #collections = new CollectionSteps();
  /** By collection, the oldest version that a member was put at. */
  #puts = new Map<string, number>();

  constructor(models: CalendarModels) {
    this.#models = models;
  }

  async flush(): Promise<void> {
    const [members, collections, puts] = [this.#members, this.#collections, this.#puts];
    this.#members = [];
    this.#collections = new CollectionSteps();
    this.#puts = new Map();
    await writeInOrder(this.#models.members, members);
    if (!(await this.#write(collections))) await dropRevived(this.#models, puts);
  }

  async add(change: CalendarChange): Promise<void> {
    switch (change.kind) {
      case 'member-put':
        this.#members.push(...putMember(change));
        this.#puts.set(change.stream, Math.min(change.version, this.#puts.get(change.stream) ?? change.version));
        return;
      case 'member-gone':
        this.#members.push(...buryMember(change));
        return;
      case 'members-dropped':
        this.#members.push(...dropMembers(change));
        return;
      case 'members-renewed':
        this.#members.push(...renewMembers(change));
        return;
      case 'member-properties':
        await this.flush();
        return changeMemberProperties(this.#models.members, change);
      case 'collection-made':
        return this.#collections.add(change.record.stream, makeCollection(change));
      case 'collection-advanced':
        return this.#advance(change);
      case 'collection-dropped':
        return this.#collections.add(change.stream, dropCollection(change));
      case 'home-put':
        return putHome(this.#models.homes, change);
      case 'home-dropped':
        return dropHome(this.#models.homes, change);
      case 'trash-put':
        return putTrash(this.#models.trash, change);
      case 'trash-purged':
        return purgeTrash(this.#models.trash, change);
      case 'overlay-put':
        return putOverlay(this.#models.overlays, change);
    }
  }

  async #advance(change: CollectionAdvancedChange): Promise<void> {
    if (isPlain(change)) return this.#collections.advance(change);
    const properties = await this.#propertiesAfter(change);
    this.#collections.add(change.stream, advanceCollection(change, properties));
  }

  /** Undefined when the change leaves them alone; what the batch holds is written before they are read. */
  async #propertiesAfter({ stream, set, removed = [] }: CollectionAdvancedChange): Promise<string | undefined> {
    if (set === undefined) return undefined;
    await this.flush();
    const projection = { properties: 1 };
    const before = await this.#models.collections.findOne(collectionKey(stream), { projection });
    return applyProperties(before?.properties ?? null, set, removed);
  }

  /**
   * A sum does not fit a document that shows a part of it already: then each change is written by itself.
   * @returns whether all of them were new
   */
  async #write(steps: CollectionSteps): Promise<boolean> {
    const operations = steps.summed();
    if (operations.length === 0) return true;
    const { matchedCount, upsertedCount } = await this.#models.collections.bulkWrite([...operations]);
    if (matchedCount + upsertedCount === operations.length) return true;
    const each = steps.each();
    if (each !== null) await this.#models.collections.bulkWrite([...each]);
    return false;
  }
}
