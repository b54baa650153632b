import { addAttachment, advanceAttachments, changeAttachmentUses, dropAttachment } from './attachment-operations.js';
import { CalendarBatch } from './calendar-batch.js';
import { advanceDirectory, dropPrincipal, dropTenant, putPrincipal, putTenant } from './directory-operations.js';
import type { AttachmentModels, DirectoryModels, Group, ModelsOf } from './generation.js';
import type { AttachmentChange, ChangesOf, DirectoryChange } from './grouped-changes.js';
import { duplicateKey } from './write-in-order.js';

type Appliers = {
  readonly [G in Group]: (models: ModelsOf[G], changes: ChangesOf[G]) => Promise<void>;
};

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
