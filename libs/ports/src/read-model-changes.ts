import type {
  AttachmentEvent,
  AttachmentRecord,
  CollectionRecord,
  HomeRecord,
  MemberTimes,
  OverlayAlarms,
  PrincipalRecord,
  ProfileSettings,
  PropertyValues,
  ReminderMemory,
  Share,
  StreamName,
  TenantRecord,
  TrashRecord,
} from '@almanac/contracts';

/**
 * What projections write, as data: every adapter applies the same changes. Each is guarded by the version
 * that it shows, so that applying it twice, or after a newer one, changes nothing (design 3).
 */
export type ReadModelChange =
  | MemberPutChange
  | MemberGoneChange
  | MemberPropertiesChange
  | MembersDroppedChange
  | MembersRenewedChange
  | CollectionMadeChange
  | CollectionAdvancedChange
  | CollectionDroppedChange
  | HomePutChange
  | HomeDroppedChange
  | OverlayPutChange
  | TrashPutChange
  | TrashPurgedChange
  | DirectoryAdvancedChange
  | TenantPutChange
  | TenantDroppedChange
  | PrincipalPutChange
  | PrincipalDroppedChange
  | AttachmentAddedChange
  | AttachmentUsesChange
  | AttachmentGoneChange
  | AttachmentsAdvancedChange;

export interface MemberPutChange {
  readonly kind: 'member-put';
  readonly stream: StreamName;
  readonly name: string;
  readonly version: number;
  readonly epoch: string;
  /** Whose commit it is: the maker of a new member. */
  readonly by: string;
  /** The maker in any case. */
  readonly createdBy?: string;
  readonly memory: ReminderMemory | null;
  readonly data: Uint8Array;
  readonly facts: MemberTimes['facts'];
  readonly occurrences: MemberTimes['occurrences'];
  /** Left out: those that the member has stay. */
  readonly properties?: PropertyValues;
  readonly at: number;
}
export interface MemberGoneChange {
  readonly kind: 'member-gone';
  readonly stream: StreamName;
  readonly name: string;
  readonly version: number;
}
export interface MemberPropertiesChange {
  readonly kind: 'member-properties';
  readonly stream: StreamName;
  readonly name: string;
  readonly version: number;
  readonly set: PropertyValues;
  readonly removed: readonly string[];
}
/** Members and tombstones up to this version go: the collection was deleted or made anew. */
export interface MembersDroppedChange {
  readonly kind: 'members-dropped';
  readonly stream: StreamName;
  readonly version: number;
}
/** The members that were put before this version have another epoch from it on. */
export interface MembersRenewedChange {
  readonly kind: 'members-renewed';
  readonly stream: StreamName;
  readonly version: number;
  readonly epoch: string;
}
export interface CollectionMadeChange {
  readonly kind: 'collection-made';
  readonly record: CollectionRecord;
}
export interface CollectionAdvancedChange {
  readonly kind: 'collection-advanced';
  readonly stream: StreamName;
  readonly version: number;
  readonly at: number;
  readonly members: number;
  readonly size: number;
  readonly epoch?: string;
  readonly settings?: ProfileSettings;
  readonly shared?: Share;
  /** The id of whom it is no longer shared with. */
  readonly unshared?: string;
  readonly set?: PropertyValues;
  readonly removed?: readonly string[];
}
export interface CollectionDroppedChange {
  readonly kind: 'collection-dropped';
  readonly stream: StreamName;
  readonly version: number;
}
export interface HomePutChange {
  readonly kind: 'home-put';
  readonly record: Omit<HomeRecord, 'properties' | 'defaultCalendar' | 'defaultTasks'>;
  readonly folders?: Pick<HomeRecord, 'defaultCalendar' | 'defaultTasks'>;
  readonly set: PropertyValues;
  readonly removed: readonly string[];
}
export interface HomeDroppedChange {
  readonly kind: 'home-dropped';
  readonly stream: StreamName;
  readonly version: number;
}
export interface OverlayPutChange {
  readonly kind: 'overlay-put';
  readonly stream: StreamName;
  readonly version: number;
  readonly set: PropertyValues;
  readonly removed: readonly string[];
  readonly alarms?: Omit<OverlayAlarms, 'version'> & { readonly name: string };
}
export interface TrashPutChange {
  readonly kind: 'trash-put';
  readonly stream: StreamName;
  readonly version: number;
  readonly record: TrashRecord;
}
/** What was deleted at that version is not in the trash any more. */
export interface TrashPurgedChange {
  readonly kind: 'trash-purged';
  readonly stream: StreamName;
  readonly version: number;
  readonly deleted: number;
}
/** The read models show the stream of tenants, or of a tenant's principals, up to this version. */
export interface DirectoryAdvancedChange {
  readonly kind: 'directory-advanced';
  readonly stream: StreamName;
  readonly version: number;
}
export interface TenantPutChange {
  readonly kind: 'tenant-put';
  readonly id: string;
  readonly version: number;
  readonly changes: Partial<TenantRecord>;
}
export interface TenantDroppedChange {
  readonly kind: 'tenant-dropped';
  readonly id: string;
  readonly version: number;
}
export interface PrincipalPutChange {
  readonly kind: 'principal-put';
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly changes: Partial<PrincipalRecord>;
  readonly appPasswordAdded?: PrincipalRecord['appPasswords'][number];
  readonly appPasswordRevoked?: string;
  readonly appPasswordUsed?: Required<Pick<PrincipalRecord['appPasswords'][number], 'key' | 'usedAt'>>;
}
export interface PrincipalDroppedChange {
  readonly kind: 'principal-dropped';
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
}

export interface AttachmentAddedChange {
  readonly kind: 'attachment-added';
  readonly record: AttachmentRecord;
}
/** `usesAfter` says what the event makes of the attachment's uses. */
export interface AttachmentUsesChange {
  readonly kind: 'attachment-uses';
  readonly stream: StreamName;
  readonly version: number;
  readonly tenant: string;
  readonly managedId: string;
  readonly event: AttachmentEvent;
}
export interface AttachmentGoneChange {
  readonly kind: 'attachment-gone';
  readonly stream: StreamName;
  readonly version: number;
  readonly tenant: string;
  readonly managedId: string;
}
/** A home's attachments are shown up to this version; it comes after them. */
export interface AttachmentsAdvancedChange {
  readonly kind: 'attachments-advanced';
  readonly stream: StreamName;
  readonly version: number;
  readonly tenant: string;
  readonly used: number;
  readonly kept: number;
  /** Up to which version a collection's stream has been followed. */
  readonly position?: { readonly collection: string; readonly version: number };
}

/** The writing side of the read models; only a service's projector holds it. */
export interface ReadModelWriter {
  /** Applies the changes in order; what a newer version has overtaken is left as it is. */
  apply(changes: readonly ReadModelChange[]): Promise<void>;
}
