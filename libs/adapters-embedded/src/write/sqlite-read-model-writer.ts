import type { ReadModelChange, ReadModelWriter } from '@almanac/ports';
import type { Database } from '../database.js';
import { addAttachment, advanceAttachments, changeAttachmentUses, dropAttachment } from './write-attachments.js';
import {
  advanceCollection,
  dropCollection,
  dropHome,
  makeCollection,
  putHome,
  putOverlay,
} from './write-collections.js';
import { advanceDirectory, dropPrincipal, dropTenant, putPrincipal, putTenant } from './write-directory.js';
import { buryMember, changeMemberProperties, dropMembers, putMember } from './write-members.js';
import { purgeTrash, putTrash } from './write-trash.js';

/** Runs inside the transaction that appends (design 4). */
export class SqliteReadModelWriter implements ReadModelWriter {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async apply(changes: readonly ReadModelChange[]): Promise<void> {
    for (const change of changes) applyChange(this.#database, change);
  }
}

function applyChange(database: Database, change: ReadModelChange): void {
  switch (change.kind) {
    case 'member-put':
      return putMember(database, change);
    case 'member-gone':
      return buryMember(database, change);
    case 'member-properties':
      return changeMemberProperties(database, change);
    case 'members-dropped':
      return dropMembers(database, change);
    case 'members-renewed':
      // Here a member's epoch is read from its collection.
      return;
    case 'collection-made':
      return makeCollection(database, change);
    case 'collection-advanced':
      return advanceCollection(database, change);
    case 'collection-dropped':
      return dropCollection(database, change);
    case 'home-put':
      return putHome(database, change);
    case 'home-dropped':
      return dropHome(database, change);
    case 'overlay-put':
      return putOverlay(database, change);
    case 'trash-put':
      return putTrash(database, change);
    case 'trash-purged':
      return purgeTrash(database, change);
    case 'directory-advanced':
      return advanceDirectory(database, change);
    case 'tenant-put':
      return putTenant(database, change);
    case 'tenant-dropped':
      return dropTenant(database, change);
    case 'principal-put':
      return putPrincipal(database, change);
    case 'principal-dropped':
      return dropPrincipal(database, change);
    case 'attachment-added':
      return addAttachment(database, change);
    case 'attachment-uses':
      return changeAttachmentUses(database, change);
    case 'attachment-gone':
      return dropAttachment(database, change);
    case 'attachments-advanced':
      return advanceAttachments(database, change);
  }
}
