import type { CalendarObjectFacts } from '@almanac/icalendar';
import type {
  CollectionOwner,
  CollectionRole,
  MovedContent,
  MoveSource,
  Profile,
  ProfileSettings,
  PropertyChanges,
  PropertyValues,
  Share,
  TrashedLife,
} from './collection-events.js';
import type { NewHome, PrincipalDetails, PrincipalKind, TenantSettings } from './directory-events.js';
import type { AttachmentCommandBody } from './attachment-commands.js';
import type { CommandId, StreamName } from './ids.js';
import type { InlineAttachment } from './inline-attachment.js';

export type ServiceName = 'calendar' | 'tasks' | 'directory' | 'attachments';

/** Where a command came from, when it came over a log that repeats (design 2, "saying it twice"). */
export interface CommandSource {
  readonly topic: string;
  readonly partition: number;
  /** A decimal number. */
  readonly offset: string;
}

/** What every command says of itself; the clock and all randomness are in here, never in a decision. */
export interface CommandHeader {
  readonly commandId: CommandId;
  readonly service: ServiceName;
  readonly stream: StreamName;
  /** Who asks: a principal's id, or the name of a process manager. */
  readonly actor: string;
  /** The groups that the actor is in. Where they are told, the actor's rights are checked; without them, the service itself acts. */
  readonly groups?: readonly string[];
  /** What the request came with as User-Agent, if anything. */
  readonly device?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds since 1970; a command not committed by then is dropped. */
  readonly notAfter: number;
  /** W3C trace context. */
  readonly traceparent?: string;
  /** Set by whoever received it from such a log. */
  readonly source?: CommandSource;
}

/** Names one content of one member; what an ETag stands for. */
export interface MemberTag {
  readonly epoch: string;
  readonly version: number;
}

/** The client's conditions on a member (RFC 9110 13, RFC 4918 10.4). */
export interface MemberCondition {
  readonly ifMatch?: 'exists' | readonly MemberTag[];
  readonly ifNoneMatch?: 'exists' | readonly MemberTag[];
  /** What the frontend has looked at (an `If` header, a MOVE's sides) holds only while this is the version; null: no member. */
  readonly pinned?: { readonly version: number | null };
}

export interface CreateCollection {
  readonly type: 'CreateCollection';
  readonly epoch: string;
  readonly owner: CollectionOwner;
  readonly components: readonly string[];
  readonly role: CollectionRole | null;
  readonly profile: Profile;
  readonly rulesOff?: readonly string[];
  readonly properties: PropertyValues;
  /** How many collections the home may have; left out where nobody counts. */
  readonly maxCollections?: number;
  readonly restored?: TrashedLife;
}
export interface ChangeCollectionProperties extends PropertyChanges {
  readonly type: 'ChangeCollectionProperties';
  /** The version of the collection that the client's conditions were found true of. */
  readonly pinned?: number;
}
export interface DeleteCollection {
  readonly type: 'DeleteCollection';
  /** The version that an `If` or `If-Match` header was found true of. */
  readonly pinned?: number;
  /** Set when the home itself goes; its default folders go, too. */
  readonly withHome?: true;
}
export interface PurgeTrash {
  readonly type: 'PurgeTrash';
  /** The version of the commit that deleted the collection. */
  readonly version: number;
}
export interface RenewEpoch {
  readonly type: 'RenewEpoch';
  readonly epoch: string;
}
/** What a collection and its home may come to hold by one more write. */
export interface MemberLimits {
  readonly maxMembers: number;
  /** Octets in all collections of the home (RFC 4331). */
  readonly quotaBytes: number;
}
export interface CopiedFrom extends Pick<MoveSource, 'stream' | 'name' | 'version'> {
  /** The same rules hold in both collections: nothing is shaped anew. */
  readonly sameRules: boolean;
}
export interface PutMember {
  readonly type: 'PutMember';
  readonly name: string;
  readonly text: string;
  /** The calendar data as it came in, where its faults were mended before it could be read. */
  readonly received?: string;
  readonly facts: CalendarObjectFacts;
  /** Octets of `text` in UTF-8. */
  readonly size: number;
  /** Rows of the profile that do not hold for this write. */
  readonly without?: readonly string[];
  /** What `received` is without. */
  readonly attachments?: readonly InlineAttachment[];
  readonly condition: MemberCondition;
  readonly properties?: PropertyValues;
  /** The principal that put it first; left out: the member's own, or of a new one the actor. */
  readonly createdBy?: string;
  /** What the tenant allows; left out where something is only put back. */
  readonly limits?: MemberLimits;
  readonly move?: { readonly source: MoveSource; readonly replaced: MovedContent | null };
  /** The member that this is a COPY or MOVE of: what was put there goes along, also what its profile left out. */
  readonly origin?: CopiedFrom;
}
export interface DeleteMember {
  readonly type: 'DeleteMember';
  readonly name: string;
  readonly condition: MemberCondition;
}
export interface ChangeMemberProperties extends PropertyChanges {
  readonly type: 'ChangeMemberProperties';
  readonly name: string;
  /** The version of the member that the client's conditions were found true of. */
  readonly pinned?: number;
}
export interface ChangeProfile extends ProfileSettings {
  readonly type: 'ChangeProfile';
}
export interface ReshapeMember {
  readonly type: 'ReshapeMember';
  readonly name: string;
  /** What the member's last PUT contained … */
  readonly received: string;
  /** … and the same with its faults mended. */
  readonly text: string;
  readonly facts: CalendarObjectFacts;
  /** Octets of `text` in UTF-8. */
  readonly size: number;
  /** What clients are given now. */
  readonly stored: string;
  readonly without?: readonly string[];
  /** The member's version that these are of. */
  readonly pinned: number;
}
export interface GrantShare extends Share {
  readonly type: 'GrantShare';
}
export interface RevokeShare {
  readonly type: 'RevokeShare';
  readonly id: string;
}
export interface ChangeOverlayProperties extends PropertyChanges {
  readonly type: 'ChangeOverlayProperties';
}
export interface SetOverlayAlarms {
  readonly type: 'SetOverlayAlarms';
  readonly name: string;
  readonly uid: string;
  readonly alarms: string | null;
  /** The version of these alarms that the client's conditions were found true of; 0: none were there. */
  readonly pinned?: number;
}
export interface CreateHome {
  readonly type: 'CreateHome';
  readonly defaultCalendar: string;
  readonly defaultTasks: string;
}
export interface ChangeHomeProperties extends PropertyChanges {
  readonly type: 'ChangeHomeProperties';
}
export interface RemoveHome {
  readonly type: 'RemoveHome';
}

export interface AddTenant extends TenantSettings {
  readonly type: 'AddTenant';
  readonly id: string;
}
export interface ChangeTenant {
  readonly type: 'ChangeTenant';
  readonly id: string;
  readonly changes: Partial<TenantSettings>;
}
export interface RemoveTenant {
  readonly type: 'RemoveTenant';
  readonly id: string;
}
export interface AddPrincipal extends PrincipalDetails {
  readonly type: 'AddPrincipal';
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly passwordHash?: string;
  readonly home?: NewHome;
}
export interface ChangePrincipal {
  readonly type: 'ChangePrincipal';
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly changes: Partial<PrincipalDetails>;
}
export interface RemovePrincipal {
  readonly type: 'RemovePrincipal';
  readonly id: string;
  readonly kind: PrincipalKind;
}
export interface ChangePassword {
  readonly type: 'ChangePassword';
  readonly id: string;
  readonly passwordHash: string;
}
export interface AddAppPassword {
  readonly type: 'AddAppPassword';
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly hash: string;
}
export interface RevokeAppPassword {
  readonly type: 'RevokeAppPassword';
  readonly id: string;
  readonly key: string;
}

export interface NoteAppPasswordUse {
  readonly type: 'NoteAppPasswordUse';
  readonly id: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

export interface EndSessions {
  readonly type: 'EndSessions';
  readonly id: string;
}

export type CollectionCommandBody =
  | CreateCollection
  | ChangeCollectionProperties
  | DeleteCollection
  | PurgeTrash
  | RenewEpoch
  | PutMember
  | DeleteMember
  | ChangeMemberProperties
  | ChangeProfile
  | ReshapeMember
  | GrantShare
  | RevokeShare;
export type OverlayCommandBody = ChangeOverlayProperties | SetOverlayAlarms;
export type HomeCommandBody = CreateHome | ChangeHomeProperties | RemoveHome;
export type TenantCommandBody = AddTenant | ChangeTenant | RemoveTenant;
export type PrincipalCommandBody =
  | AddPrincipal
  | ChangePrincipal
  | RemovePrincipal
  | ChangePassword
  | AddAppPassword
  | RevokeAppPassword
  | NoteAppPasswordUse
  | EndSessions;
export type CommandBody =
  | CollectionCommandBody
  | HomeCommandBody
  | OverlayCommandBody
  | TenantCommandBody
  | PrincipalCommandBody
  | AttachmentCommandBody;

/** One instruction to one stream. */
export interface Command<Body extends CommandBody = CommandBody> extends CommandHeader {
  readonly body: Body;
}

/** A command's body is of the given family when its type is in the family's table. */
export const homeCommandTypes: ReadonlySet<string> = new Set(['CreateHome', 'ChangeHomeProperties', 'RemoveHome']);
export const overlayCommandTypes: ReadonlySet<string> = new Set(['ChangeOverlayProperties', 'SetOverlayAlarms']);
export const tenantCommandTypes: ReadonlySet<string> = new Set(['AddTenant', 'ChangeTenant', 'RemoveTenant']);
export const principalCommandTypes: ReadonlySet<string> = new Set([
  ...['AddPrincipal', 'ChangePrincipal', 'RemovePrincipal'],
  ...['ChangePassword', 'AddAppPassword', 'RevokeAppPassword', 'NoteAppPasswordUse', 'EndSessions'],
]);
