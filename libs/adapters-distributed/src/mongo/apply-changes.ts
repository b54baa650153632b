import { applyProperties, type CollectionAdvancedChange } from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import { addAttachment, advanceAttachments, changeAttachmentUses, dropAttachment } from './attachment-operations.js';
import { advanceCollection, dropCollection, makeCollection } from './collection-operations.js';
import type { CollectionDocument, MemberDocument } from './collections.js';
import { advanceDirectory, dropPrincipal, dropTenant, putPrincipal, putTenant } from './directory-operations.js';
import type { AttachmentModels, CalendarModels, DirectoryModels, Group, ModelsOf } from './generation.js';
import type { AttachmentChange, CalendarChange, ChangesOf, DirectoryChange } from './grouped-changes.js';
import { dropHome, putHome, putOverlay } from './home-operations.js';
import { buryMember, changeMemberProperties, dropMembers, putMember, renewMembers } from './member-operations.js';
import { collectionKey } from './read-model-keys.js';
import { purgeTrash, putTrash } from './trash-operations.js';

type Appliers = {
  readonly [G in Group]: (models: ModelsOf[G], changes: ChangesOf[G]) => Promise<void>;
};

const duplicateKey = 11_000;
const maxAttempts = 5;

/** Applies changes to one generation. Two who make the same document at the same time: one of them begins anew. */
export async function applyChanges<G extends Group>(group: G, models: ModelsOf[G], changes: ChangesOf[G]) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await appliers[group](models, changes);
    } catch (error) {
      if ((error as { code?: unknown }).code !== duplicateKey || attempt === maxAttempts) throw error;
    }
  }
}

const appliers: Appliers = {
  async calendars(models, changes) {
    const batch = new CalendarBatch(models);
    for (const change of changes) await batch.add(change);
    await batch.flush();
  },
  async directory(models, changes) {
    for (const change of changes) await applyDirectoryChange(models, change);
  },
  async attachments(models, changes) {
    for (const change of changes) await applyAttachmentChange(models, change);
  },
};

/** One ordered bulk write for the members of a batch, then one for its collections (design 3). */
class CalendarBatch {
  readonly #models: CalendarModels;
  #members: AnyBulkWriteOperation<MemberDocument>[] = [];
  #collections: AnyBulkWriteOperation<CollectionDocument>[] = [];

  constructor(models: CalendarModels) {
    this.#models = models;
  }

  async flush(): Promise<void> {
    const [members, collections] = [this.#members, this.#collections];
    this.#members = [];
    this.#collections = [];
    if (members.length > 0) await this.#models.members.bulkWrite(members);
    if (collections.length > 0) await this.#models.collections.bulkWrite(collections);
  }

  async add(change: CalendarChange): Promise<void> {
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
      case 'members-renewed':
        this.#members.push(...renewMembers(change));
        return;
      case 'member-properties':
        await this.flush();
        return changeMemberProperties(this.#models.members, change);
      case 'collection-made':
        this.#collections.push(...makeCollection(change));
        return;
      case 'collection-advanced': {
        const properties = await this.#propertiesAfter(change);
        this.#collections.push(...advanceCollection(change, properties));
        return;
      }
      case 'collection-dropped':
        this.#collections.push(...dropCollection(change));
        return;
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

  /** Undefined when the change leaves them alone; what the batch holds is written before they are read. */
  async #propertiesAfter({ stream, set, removed = [] }: CollectionAdvancedChange): Promise<string | undefined> {
    if (set === undefined) return undefined;
    await this.flush();
    const projection = { properties: 1 };
    const before = await this.#models.collections.findOne(collectionKey(stream), { projection });
    return applyProperties(before?.properties ?? null, set, removed);
  }
}

async function applyDirectoryChange(models: DirectoryModels, change: DirectoryChange): Promise<void> {
  switch (change.kind) {
    case 'directory-advanced':
      return advanceDirectory(models, change);
    case 'tenant-put':
      return putTenant(models, change);
    case 'tenant-dropped':
      return dropTenant(models, change);
    case 'principal-put':
      return putPrincipal(models, change);
    case 'principal-dropped':
      return dropPrincipal(models, change);
  }
}

async function applyAttachmentChange(models: AttachmentModels, change: AttachmentChange): Promise<void> {
  switch (change.kind) {
    case 'attachment-added':
      return addAttachment(models, change);
    case 'attachment-uses':
      return changeAttachmentUses(models, change);
    case 'attachment-gone':
      return dropAttachment(models, change);
    case 'attachments-advanced':
      return advanceAttachments(models, change);
  }
}
