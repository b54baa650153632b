import type { CalendarObject } from '../calendar-object.js';
import { editProperties, type PropertyEdit } from './edit-properties.js';
import { sentAttachments } from './server-attachments.js';

/**
 * The text of an object from elsewhere, without the MANAGED-ID of attachments that are not kept here: they are plain links
 * then (RFC 8607 3.12.7).
 */
export function withoutManagedIds(
  text: string,
  object: CalendarObject,
  isKept: (managedId: string) => boolean,
): string {
  const edits = sentAttachments(object, () => undefined).flatMap(
    ({ property, managedId }): [number, PropertyEdit][] => {
      if (isKept(managedId)) return [];
      const line = property.text.replace(/;MANAGED-ID=(?:"[^"]*"|[^;:",]*)/i, '');
      return [[property.line, { keep: false, lines: [line] }]];
    },
  );
  return editProperties(text, new Map(edits));
}
