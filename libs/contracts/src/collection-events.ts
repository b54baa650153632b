import type { CalendarObjectFacts } from '@almanac/icalendar';
import type { InlineAttachment } from './inline-attachment.js';

/** `groupware` alters what clients are given by written rules; `standard` keeps every octet. */
export type Profile = 'groupware' | 'standard';

/** calendar owns any collection that admits VEVENT; tasks owns those with only VTODO or VJOURNAL (design 2). */
export type CollectionOwner = 'calendar' | 'tasks';

export type CollectionRole = 'default-calendar' | 'default-tasks';

/** A property that PROPPATCH may set: the text of a live one, or the whole element of a dead one. */
export type PropertyValue = { readonly text: string } | { readonly xml: string };
export type PropertyValues = Readonly<Record<string, PropertyValue>>;

/** Names are in Clark notation, `{namespace}local`. */
export interface PropertyChanges {
  readonly set: PropertyValues;
  readonly removed: readonly string[];
}

export interface CollectionCreated {
  readonly type: 'CollectionCreated';
  readonly schema: 1;
  readonly epoch: string;
  readonly owner: CollectionOwner;
  readonly components: readonly string[];
  readonly role: CollectionRole | null;
  readonly profile: Profile;
  readonly properties: PropertyValues;
}

export interface CollectionPropertiesChanged extends PropertyChanges {
  readonly type: 'CollectionPropertiesChanged';
  readonly schema: 1;
}

export interface CollectionDeleted {
  readonly type: 'CollectionDeleted';
  readonly schema: 1;
}

/** After a restore, versions are used a second time: a new epoch keeps old tags and tokens from matching. */
export interface EpochRenewed {
  readonly type: 'EpochRenewed';
  readonly schema: 1;
  readonly epoch: string;
}

export interface MemberPut {
  readonly type: 'MemberPut';
  readonly schema: 1;
  readonly name: string;
  /** The calendar data as clients are given it, after the profile's rules. */
  readonly stored: string;
  /** The calendar data as it came in; left out when it is what is stored. */
  readonly received?: string;
  /** What `received` is without. */
  readonly attachments?: readonly InlineAttachment[];
  /** `managedIds` are those of what was received, too. */
  readonly facts: CalendarObjectFacts;
  /** Octets of `stored` in UTF-8. */
  readonly size: number;
  /** Octets of the member that this one takes the place of; null for a new member. */
  readonly replacedSize: number | null;
  /** Dead properties that came along with a COPY or MOVE. */
  readonly properties?: PropertyValues;
}

export interface MemberDeleted {
  readonly type: 'MemberDeleted';
  readonly schema: 1;
  readonly name: string;
  readonly replacedSize: number;
}

export interface MemberPropertiesChanged extends PropertyChanges {
  readonly type: 'MemberPropertiesChanged';
  readonly schema: 1;
  readonly name: string;
}

/**
 * Stands beside the MemberPut or MemberDeleted of a member that refers to managed attachments, or did: so whoever follows
 * the references need not look at any other commit.
 */
export interface MemberAttachmentsChanged {
  readonly type: 'MemberAttachmentsChanged';
  readonly schema: 1;
  readonly name: string;
  /** All that it refers to now. */
  readonly managedIds: readonly string[];
}

/** Stands beside the MemberPut at a MOVE's target until the source has been deleted (design 2). */
export interface MoveStarted {
  readonly type: 'MoveStarted';
  readonly schema: 1;
  readonly source: MoveSource;
  readonly target: { readonly name: string; readonly owner: CollectionOwner };
  /** What stood at the target, to be put back when the source changed meanwhile. */
  readonly replaced: MovedContent | null;
}

export interface MoveSource {
  readonly stream: string;
  readonly owner: CollectionOwner;
  readonly name: string;
  /** The version that was copied. */
  readonly version: number;
}

export interface MovedContent {
  readonly text: string;
  readonly size: number;
  readonly facts: CalendarObjectFacts;
  readonly properties: PropertyValues;
}

export interface HomeCreated {
  readonly type: 'HomeCreated';
  readonly schema: 1;
  readonly defaultCalendar: string;
  readonly defaultTasks: string;
}

export interface HomePropertiesChanged extends PropertyChanges {
  readonly type: 'HomePropertiesChanged';
  readonly schema: 1;
}

export interface HomeRemoved {
  readonly type: 'HomeRemoved';
  readonly schema: 1;
}

export type CollectionEvent =
  | CollectionCreated
  | CollectionPropertiesChanged
  | CollectionDeleted
  | EpochRenewed
  | MemberPut
  | MemberDeleted
  | MemberPropertiesChanged
  | MemberAttachmentsChanged
  | MoveStarted;

export type HomeEvent = HomeCreated | HomePropertiesChanged | HomeRemoved;
