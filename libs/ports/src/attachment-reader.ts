import type {
  AttachmentHolder,
  AttachmentHomeRecord,
  AttachmentRecord,
  StreamName,
  TenantId,
} from '@almanac/contracts';

/** Managed attachments. Contract: `attachment-reader.contract.ts`. */
export interface AttachmentReader {
  /** Those of a tenant that have these ids, in no order. */
  attachments(tenant: TenantId, managedIds: readonly string[]): Promise<readonly AttachmentRecord[]>;
  /** What a home keeps; zeros for one that has never kept any. */
  attachmentHome(stream: StreamName): Promise<AttachmentHomeRecord>;
  /** The streams of attachments that a member refers to, or, without a name, that any member of a collection does. */
  streamsReferredTo(
    holder: Pick<AttachmentHolder, 'stream'> & Partial<AttachmentHolder>,
  ): Promise<readonly StreamName[]>;
  /** At most so many that no member has referred to since that time, in milliseconds since 1970. */
  idleAttachments(idleBefore: number, limit: number): Promise<readonly AttachmentRecord[]>;
  /** Of these blobs of a tenant, those that an attachment is of. */
  digestsInUse(tenant: TenantId, digests: readonly string[]): Promise<ReadonlySet<string>>;
  /** The tenants that have ever had attachments. */
  tenantsWithAttachments(): Promise<readonly TenantId[]>;
}

export interface AttachmentsLookup {
  readonly stream: StreamName;
  readonly managedIds: readonly string[];
  /** Those that these members refer to, too … */
  readonly holders: readonly AttachmentHolder[];
  /** … and those that any member of these collections refers to. */
  readonly collections: readonly string[];
}

export interface LoadedAttachments {
  readonly stream: StreamName;
  /** The version that the read models show; 0 for a stream that they have never seen. */
  readonly version: number;
  readonly used: number;
  readonly kept: number;
  /** By collection. */
  readonly positions: Readonly<Record<string, number>>;
  readonly attachments: readonly AttachmentRecord[];
}

/** What the attachments service decides on. Contract: `attachment-reader.contract.ts`. */
export interface AttachmentStateReader {
  attachmentStates(lookups: readonly AttachmentsLookup[]): Promise<readonly LoadedAttachments[]>;
}
