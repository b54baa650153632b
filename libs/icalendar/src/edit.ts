export { instanceNamed } from './attachments/target-instances.js';
export { type ObjectChanges } from './edit/change-component.js';
export { type EditedObject, type EditScope, editObject, type EditTarget } from './edit/edit-object.js';
export type { EditedTime } from './edit/edited-time.js';
export { newObject } from './edit/new-object.js';
export { detailsOf, type ObjectDetails } from './edit/object-details.js';
export { type ShownInstance, shownInstances } from './edit/shown-instances.js';
export { removeInstances } from './edit/remove-instances.js';
