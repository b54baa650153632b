import { type StreamName, streamName, tenantsStream } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';

const directoryKinds = [
  'directory-advanced',
  'tenant-put',
  'tenant-dropped',
  'principal-put',
  'principal-dropped',
] as const;

const attachmentKinds = ['attachment-added', 'attachment-uses', 'attachment-gone', 'attachments-advanced'] as const;

type AttachmentKind = (typeof attachmentKinds)[number];
export type AttachmentChange = Extract<ReadModelChange, { readonly kind: AttachmentKind }>;

type DirectoryKind = (typeof directoryKinds)[number];
export type DirectoryChange = Extract<ReadModelChange, { readonly kind: DirectoryKind }>;
export type CalendarChange = Exclude<ReadModelChange, DirectoryChange | AttachmentChange>;

/** The changes of each group of read models, in their order. */
export interface ChangesOf {
  readonly calendars: readonly CalendarChange[];
  readonly directory: readonly DirectoryChange[];
  readonly attachments: readonly AttachmentChange[];
}

export const grouped = (changes: readonly ReadModelChange[]): ChangesOf => ({
  calendars: changes.filter((change): change is CalendarChange => !isOfDirectory(change) && !isOfAttachments(change)),
  directory: changes.filter(isOfDirectory),
  attachments: changes.filter(isOfAttachments),
});

const isOfDirectory = (change: ReadModelChange): change is DirectoryChange =>
  (directoryKinds as readonly string[]).includes(change.kind);

const isOfAttachments = (change: ReadModelChange): change is AttachmentChange =>
  (attachmentKinds as readonly string[]).includes(change.kind);

/** The stream and the version of the commit that a change comes from. */
export function originOf(change: ReadModelChange): { readonly stream: StreamName; readonly version: number } {
  switch (change.kind) {
    case 'collection-made':
    case 'home-put':
    case 'attachment-added':
      return { stream: streamName(change.record.stream), version: change.record.version };
    case 'tenant-put':
    case 'tenant-dropped':
      return { stream: tenantsStream, version: change.version };
    case 'principal-put':
    case 'principal-dropped':
      return { stream: streamName(change.tenant), version: change.version };
    default:
      return { stream: change.stream, version: change.version };
  }
}
