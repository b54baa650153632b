import type {
  AttachmentReader,
  CollectionReader,
  CommandGateway,
  MemberReader,
  PrincipalReader,
  TenantReader,
  TrashReader,
} from '@almanac/ports';

/** Read models that are made anew together. */
export const readModelGroups = ['calendars', 'directory', 'attachments'] as const;
export type ReadModelGroup = (typeof readModelGroups)[number];

export interface Verification {
  readonly commits: number;
  readonly differences: readonly { readonly table: string; readonly row: string; readonly fault: string }[];
}

/** What administration works with, in either mode: commands go out, read models are read. */
export interface ServiceStore {
  readonly gateway: CommandGateway;
  readonly collections: CollectionReader;
  readonly members: MemberReader;
  readonly trash: TrashReader;
  readonly attachments: AttachmentReader;
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
  /** Fulfilled when the process managers have done what had been written before the call. */
  settled(): Promise<void>;
  /** Makes the read models of a group anew, or all; resolves to the number of commits. */
  rebuild(group?: ReadModelGroup): Promise<number>;
  /** Replays the log and compares every read model with it. */
  verify(): Promise<Verification>;
  /** Writes the whole store into a file. @throws where the database has its own tools for that */
  backUp(file: string): Promise<void>;
  close(): Promise<void>;
}
