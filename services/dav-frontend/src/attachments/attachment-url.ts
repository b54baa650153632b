import type { AttachmentRecord, NewAttachment } from '@almanac/contracts';
import { encodeSegment, parsePath } from '@almanac/dav-protocol';
import type { ManagedAttachment } from '@almanac/icalendar';

export const attachmentsSegment = 'attachments';

/** The URL's path: the id alone names the attachment, the rest tells people and programs what it is. */
export const attachmentPath = (home: string, { managedId, filename }: NewAttachment): string =>
  `/${attachmentsSegment}/${encodeSegment(home)}/${encodeSegment(managedId)}/${encodeSegment(filename)}`;

/** As ATTACH shows it. */
export function managedAttachment(attachment: NewAttachment, home: string): ManagedAttachment {
  const { managedId, mediaType, size, filename, origin } = attachment;
  return { managedId, mediaType, size, filename, url: origin + attachmentPath(home, attachment) };
}

export const shownAttachment = (record: AttachmentRecord): ManagedAttachment => managedAttachment(record, record.home);

/** The managed id in a URL that may be one of ours, on whatever host. */
export function managedIdIn(url: string): string | undefined {
  if (!url.includes(`/${attachmentsSegment}/`)) return undefined;
  try {
    const [first, , managedId, filename, ...rest] = parsePath(url.trim()).segments;
    return first === attachmentsSegment && filename !== undefined && rest.length === 0 ? managedId : undefined;
  } catch {
    return undefined;
  }
}
