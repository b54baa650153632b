import { type StreamName, streamName, tenantsStream } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';

const directoryKinds = [
  'directory-advanced',
  'tenant-put',
  'tenant-dropped',
  'principal-put',
  'principal-dropped',
] as const;

type DirectoryKind = (typeof directoryKinds)[number];
export type DirectoryChange = Extract<ReadModelChange, { readonly kind: DirectoryKind }>;
export type CalendarChange = Exclude<ReadModelChange, DirectoryChange>;

/** The changes of each group of read models, in their order. */
export interface ChangesOf {
  readonly calendars: readonly CalendarChange[];
  readonly directory: readonly DirectoryChange[];
}

export const grouped = (changes: readonly ReadModelChange[]): ChangesOf => ({
  calendars: changes.filter((change): change is CalendarChange => !isOfDirectory(change)),
  directory: changes.filter(isOfDirectory),
});

const isOfDirectory = (change: ReadModelChange): change is DirectoryChange =>
  (directoryKinds as readonly string[]).includes(change.kind);

/** The stream and the version of the commit that a change comes from. */
export function originOf(change: ReadModelChange): { readonly stream: StreamName; readonly version: number } {
  switch (change.kind) {
    case 'collection-made':
    case 'home-put':
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
