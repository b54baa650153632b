import type { CalendarObjectFacts } from '@almanac/icalendar';
import type { InlineAttachment } from './inline-attachment.js';
import type { ReminderMemory, RuleChange } from './rule-changes.js';

/** `groupware` alters what clients are given by written rules; `standard` keeps every octet. */
export type Profile = 'groupware' | 'standard';

export interface ProfileSettings {
  readonly profile: Profile;
  /** Rows switched off for this tenant or user. */
  readonly rulesOff: readonly string[];
}

/** calendar owns any collection that admits VEVENT; tasks owns those with only VTODO or VJOURNAL (design 2). */
export type CollectionOwner = 'calendar' | 'tasks';

export type CollectionRole = 'default-calendar' | 'default-tasks';

/** What a share allows, each with all that stands before it (S1). */
export const shareRights = ['see-busy', 'read', 'add', 'edit-own', 'edit-all', 'delete', 'administer'] as const;
export type ShareRight = (typeof shareRights)[number];

/** Whom a collection is shared with; ids are unique in a tenant across users and groups. */
export interface Share {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly right: ShareRight;
}

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
  /** Left out where all rules of the profile hold. */
  readonly rulesOff?: readonly string[];
  readonly properties: PropertyValues;
  /** Where its members come from, one by one. */
  readonly restored?: TrashedLife;
}

export interface ProfileChanged extends ProfileSettings {
  readonly type: 'ProfileChanged';
  readonly schema: 1;
}

export interface CollectionPropertiesChanged extends PropertyChanges {
  readonly type: 'CollectionPropertiesChanged';
  readonly schema: 1;
}

/** What is known of a deleted collection as long as it can be restored (N3). */
export interface TrashedCollection {
  readonly owner: CollectionOwner;
  readonly components: readonly string[];
  readonly properties: PropertyValues;
  readonly members: number;
  /** The version that made this life of the URL. */
  readonly since: number;
}

/** A life of a URL in the trash: the commits of the stream from `since` on, before `version` ended it. */
export interface TrashedLife {
  readonly stream: string;
  readonly version: number;
  readonly since: number;
}

export interface CollectionDeleted {
  readonly type: 'CollectionDeleted';
  readonly schema: 1;
  /** Left out where it goes for good, with its home. */
  readonly trashed?: TrashedCollection;
}

/** A deleted collection has been restored, or is not to be. */
export interface TrashPurged {
  readonly type: 'TrashPurged';
  readonly schema: 1;
  /** The version of the commit that deleted it. */
  readonly version: number;
}

/** After a restore, versions are used a second time: a new epoch keeps old tags and tokens from matching. */
export interface EpochRenewed {
  readonly type: 'EpochRenewed';
  readonly schema: 1;
  readonly epoch: string;
}

export interface ShareGranted extends Share {
  readonly type: 'ShareGranted';
  readonly schema: 1;
}

export interface ShareRevoked {
  readonly type: 'ShareRevoked';
  readonly schema: 1;
  readonly id: string;
}

export interface MemberPut {
  readonly type: 'MemberPut';
  readonly schema: 1;
  readonly name: string;
  /** The calendar data as clients are given it, after the profile's rules. */
  readonly stored: string;
  /** The calendar data as it came in; left out when it is what is stored. */
  readonly received?: string;
  /**
   * The data as the rules got it, where that is not as it came in: mended, and with its attachments in the server's words.
   * Null where it is what is stored.
   */
  readonly unshaped?: string | null;
  /** Rows of the profile that did not hold for this write, and do not whenever it is shaped anew. */
  readonly without?: readonly string[];
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
  /** The principal that put it first, where that is told: of what came along with a MOVE, or back by an undo. */
  readonly createdBy?: string;
  /** What the profile's rules altered; left out where nothing was. */
  readonly changes?: readonly RuleChange[];
  /** What is known of dismissals; left out where nothing is. */
  readonly memory?: ReminderMemory;
}

/** What a member's rules begin with, whenever they are run. */
export const unshapedText = ({
  stored,
  received,
  unshaped,
}: Pick<MemberPut, 'stored' | 'received' | 'unshaped'>): string =>
  unshaped === undefined ? (received ?? stored) : (unshaped ?? stored);

/** The same data as before, as another profile keeps it (design 2). */
export interface MemberReshaped extends Omit<MemberPut, 'type' | 'properties' | 'createdBy'> {
  readonly type: 'MemberReshaped';
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
  /** As of a PUT: rules that it is not subject to. */
  readonly without?: readonly string[];
  /** The principal that put it first, of what is put back. */
  readonly createdBy?: string;
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

/** What a user has made of somebody else's collection for themselves (S3). */
export interface OverlayPropertiesChanged extends PropertyChanges {
  readonly type: 'OverlayPropertiesChanged';
  readonly schema: 1;
}

/** A user's own reminders of a member of somebody else's collection (R6). */
export interface OverlayAlarmsSet {
  readonly type: 'OverlayAlarmsSet';
  readonly schema: 1;
  readonly name: string;
  /** Of the member that they are for: another one under the same name has none. */
  readonly uid: string;
  /** As the codec writes them; null: none. */
  readonly alarms: string | null;
}

export type CollectionEvent =
  | CollectionCreated
  | CollectionPropertiesChanged
  | CollectionDeleted
  | TrashPurged
  | EpochRenewed
  | ProfileChanged
  | MemberReshaped
  | ShareGranted
  | ShareRevoked
  | MemberPut
  | MemberDeleted
  | MemberPropertiesChanged
  | MemberAttachmentsChanged
  | MoveStarted;

export type HomeEvent = HomeCreated | HomePropertiesChanged | HomeRemoved;

export type OverlayEvent = OverlayPropertiesChanged | OverlayAlarmsSet;
