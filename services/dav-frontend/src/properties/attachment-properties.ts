import { caldav, escapeText, href } from '@almanac/dav-protocol';
import type { LiveProperty } from './live-property.js';

/** RFC 8607 6 */
export const attachmentProperties: readonly LiveProperty[] = [
  {
    name: caldav('managed-attachments-server-URL'),
    inAllprop: false,
    // Empty: attachments are fetched from where the home is, whatever host their URL names.
    read: {
      home: (_resource, { publicUrl }) => (publicUrl === null ? '' : href(escapeText(new URL(publicUrl).origin))),
    },
  },
  {
    name: caldav('max-attachment-size'),
    inAllprop: false,
    read: { collection: (_resource, { limits }) => String(limits.maxAttachmentSize) },
  },
  {
    name: caldav('max-attachments-per-resource'),
    inAllprop: false,
    read: { collection: (_resource, { limits }) => String(limits.maxAttachmentsPerResource) },
  },
];
