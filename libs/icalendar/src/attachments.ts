export { parameterOf } from './content-line.js';
export { attachLine, isSameAttachment, type ManagedAttachment } from './attachments/attach-line.js';
export { type AttachmentFault, isAttachmentFault } from './attachments/attachment-fault.js';
export {
  addAttachment,
  type ReadObject,
  removeAttachment,
  replaceAttachment,
} from './attachments/change-attachments.js';
export { editProperties, type PropertyEdit } from './attachments/edit-properties.js';
export { type InlinePlace, receivedOctets } from './attachments/received-octets.js';
export {
  InlineFault,
  type SeparatedBody,
  type SeparatedContent,
  type Separation,
  separateInline,
} from './attachments/separate-inline.js';
export { type SentAttachment, sentAttachments, withServerAttachments } from './attachments/server-attachments.js';
export { withoutManagedIds } from './attachments/without-managed-ids.js';
