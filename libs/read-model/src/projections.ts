import { attachmentsProjection } from './attachments.projection.js';
import { collectionsProjection } from './collections.projection.js';
import { directoriesProjection } from './directories.projection.js';
import { homesProjection } from './homes.projection.js';
import { membersProjection } from './members.projection.js';
import { overlaysProjection } from './overlays.projection.js';
import { principalsProjection } from './principals.projection.js';
import { tenantsProjection } from './tenants.projection.js';
import { trashProjection } from './trash.projection.js';

/** What the calendar and tasks services project, in this order: members before their collection (design 3). */
export const collectionProjections = [
  membersProjection,
  trashProjection,
  collectionsProjection,
  homesProjection,
  overlaysProjection,
];

/** What the directory service projects. */
export const directoryProjections = [tenantsProjection, principalsProjection, directoriesProjection];

/** What the attachments service projects. */
export const attachmentProjections = [attachmentsProjection];
