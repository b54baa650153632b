import type { CalendarObjectFacts } from '@almanac/icalendar';
import type {
  CollectionOwner,
  CollectionRole,
  Profile,
  ProfileSettings,
  PropertyValues,
  Share,
  TrashedCollection,
  TrashedLife,
} from './collection-events.js';
import type { PrincipalDetails, PrincipalKind, TenantLimits, TenantSettings } from './directory-events.js';

/** Read model `collections`. */
export interface CollectionRecord {
  readonly stream: string;
  readonly tenant: string;
  readonly home: string;
  readonly segment: string;
  readonly owner: CollectionOwner;
  readonly epoch: string;
  /** The stream's version that this record and all its members show at least. */
  readonly version: number;
  /** Version of the commit that made the collection: nothing before it belongs to this life of the URL. */
  readonly since: number;
  readonly components: readonly string[];
  readonly role: CollectionRole | null;
  readonly profile: Profile;
  readonly rulesOff: readonly string[];
  /** By the id of whom it is shared with. */
  readonly shares: readonly Share[];
  readonly properties: PropertyValues;
  readonly members: number;
  /** Octets of all members. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Tokens below it are no longer answered; null while all deletions are still kept (design 2). */
  readonly horizon: number | null;
}

/** A line of a listing: what a change of a member is told with. */
export interface MemberListing {
  readonly name: string;
  readonly version: number;
  readonly live: boolean;
}

/** Read model `members`. */
export interface MemberRecord {
  readonly name: string;
  /** The version of the commit that put this content: with the epoch it is the ETag. */
  readonly version: number;
  /** The collection's, so that a member is shown without a look at its collection. */
  readonly epoch: string;
  /** The principal that put it first, whoever has changed it since. */
  readonly createdBy: string;
  readonly uid: string;
  readonly component: string;
  readonly size: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly properties: PropertyValues;
  /** UTF-8, exactly as it goes out. */
  readonly data: Uint8Array;
}

/** What decides a time range without reading the calendar data (design 3). */
export interface MemberTimes {
  readonly name: string;
  readonly version: number;
  readonly facts: CalendarObjectFacts;
  /** Instances within the horizon that was computed at the write; null where an index cannot tell. */
  readonly occurrences: { readonly from: number; readonly to: number; readonly spans: ArrayLike<number> } | null;
}

/** Read model `homes`. */
export interface HomeRecord {
  readonly stream: string;
  readonly tenant: string;
  readonly home: string;
  readonly version: number;
  readonly defaultCalendar: string;
  readonly defaultTasks: string;
  readonly properties: PropertyValues;
}

/** Read model `trash`: deleted collections that can be restored (N3). */
export interface TrashRecord extends TrashedLife, TrashedCollection {
  /** Names it in its home: `<segment>@<version>`. */
  readonly id: string;
  readonly segment: string;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
  readonly deletedBy: string;
}

/** Read model `overlays`: what a user has made of somebody else's collection (S3, R6). */
export interface OverlayRecord {
  readonly stream: string;
  readonly version: number;
  readonly properties: PropertyValues;
  /** By the member's name; null alarms are none, set on purpose. */
  readonly alarms: Readonly<Record<string, OverlayAlarms>>;
}
export interface OverlayAlarms {
  /** The overlay's version that set them. */
  readonly version: number;
  readonly uid: string;
  readonly alarms: string | null;
}

/** Read model `tenants`. */
export interface TenantRecord extends TenantSettings {
  readonly id: string;
  readonly version: number;
}

export interface AppPasswordRecord {
  readonly key: string;
  readonly label: string;
  readonly hash: string;
  readonly createdAt: number;
  /** Milliseconds since 1970: the first use on the last day (UTC) on which it was used; left out where it never was. */
  readonly usedAt?: number;
}

/** Read model `principals`. */
export interface PrincipalRecord extends PrincipalDetails {
  readonly tenant: string;
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly version: number;
  /** Changes with every password: a verified credential of an older version is worth nothing (design 7). */
  readonly credentialVersion: number;
  readonly passwordHash?: string;
  readonly appPasswords: readonly AppPasswordRecord[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export const defaultLimits: TenantLimits = {
  maxResourceSize: 1_048_576,
  quotaBytes: 1_073_741_824,
  maxMembers: 100_000,
  maxCollections: 1_000,
  maxAttachmentSize: 52_428_800,
  maxAttachmentsPerResource: 100,
  attachmentQuotaBytes: 1_073_741_824,
};

/** A user's own settings come before the tenant's. */
export const profileOf = (tenant: TenantSettings, user: Partial<PrincipalDetails>): ProfileSettings => ({
  profile: user.profile ?? tenant.profile,
  rulesOff: user.rulesOff ?? tenant.rulesOff ?? [],
});

export const limitsOf = (tenant: TenantSettings): TenantLimits => ({ ...defaultLimits, ...tenant.limits });
