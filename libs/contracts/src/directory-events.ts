import type { Profile } from './collection-events.js';

export type PrincipalKind = 'user' | 'group' | 'resource';
export type ResourceKind = 'room' | 'resource';

/** What a tenant may use; octets and counts. A field that is left out takes the default. */
export interface TenantLimits {
  readonly maxResourceSize: number;
  readonly quotaBytes: number;
  readonly maxMembers: number;
  readonly maxCollections: number;
  /** Of one attachment. */
  readonly maxAttachmentSize: number;
  readonly maxAttachmentsPerResource: number;
  /** Of all attachments of a home; they count to `quotaBytes`, too. */
  readonly attachmentQuotaBytes: number;
}

/** A provider of OpenID Connect that the tenant's people can sign in with, beside their passwords. */
export interface OidcSettings {
  /** The provider's URL, exactly as it calls itself (OpenID Connect Discovery 1.0, 4). */
  readonly issuer: string;
  readonly clientId: string;
  /** Under which name the frontends are told the client's secret; null: the client has none. The secret is in no event. */
  readonly secret: string | null;
  /** What people know it by. */
  readonly name: string;
  /** The claim that holds the login; null: people are known by their mail address, which the provider must have verified. */
  readonly loginClaim: string | null;
}

export interface TenantSettings {
  readonly hosts: readonly string[];
  readonly domains: readonly string[];
  readonly profile: Profile;
  /** Rows of the profile that are switched off. */
  readonly rulesOff?: readonly string[];
  readonly limits: Partial<TenantLimits>;
  readonly oidc?: OidcSettings | null;
}

export interface TenantAdded extends TenantSettings {
  readonly type: 'TenantAdded';
  readonly schema: 1;
  readonly id: string;
}

export interface TenantChanged {
  readonly type: 'TenantChanged';
  readonly schema: 1;
  readonly id: string;
  readonly changes: Partial<TenantSettings>;
}

export interface TenantRemoved {
  readonly type: 'TenantRemoved';
  readonly schema: 1;
  readonly id: string;
}

export interface PrincipalDetails {
  readonly name: string;
  /** Mail addresses, the primary one first. */
  readonly addresses: readonly string[];
  /** Users only. */
  readonly login?: string;
  /** Users only: in place of the tenant's; null: the tenant's. */
  readonly profile?: Profile | null;
  readonly rulesOff?: readonly string[] | null;
  /** Groups only: ids of users, groups and resources. */
  readonly members?: readonly string[];
  /** Resources only. */
  readonly resourceKind?: ResourceKind;
}

export interface PrincipalAdded extends PrincipalDetails {
  readonly type: 'PrincipalAdded';
  readonly schema: 1;
  readonly id: string;
  readonly kind: PrincipalKind;
  /** Users only: an argon2id hash in PHC form. */
  readonly passwordHash?: string;
  /** Users only: what the home that follows this event starts with. */
  readonly home?: NewHome;
}

/** Drawn at random where the command is made, so that reacting to the event twice makes the same home. */
export interface NewHome {
  readonly profile: Profile;
  readonly rulesOff?: readonly string[];
  readonly defaultCalendar: { readonly segment: string; readonly epoch: string; readonly name: string };
  readonly defaultTasks: { readonly segment: string; readonly epoch: string; readonly name: string };
}

export interface PrincipalChanged {
  readonly type: 'PrincipalChanged';
  readonly schema: 1;
  readonly id: string;
  readonly changes: Partial<PrincipalDetails>;
}

export interface PrincipalRemoved {
  readonly type: 'PrincipalRemoved';
  readonly schema: 1;
  readonly id: string;
  readonly kind: PrincipalKind;
}

export interface PasswordChanged {
  readonly type: 'PasswordChanged';
  readonly schema: 1;
  readonly id: string;
  readonly passwordHash: string;
}

export interface AppPasswordAdded {
  readonly type: 'AppPasswordAdded';
  readonly schema: 1;
  readonly id: string;
  /** The first group of the secret, by which it is found; unique for the user. */
  readonly key: string;
  readonly label: string;
  readonly hash: string;
}

export interface AppPasswordRevoked {
  readonly type: 'AppPasswordRevoked';
  readonly schema: 1;
  readonly id: string;
  readonly key: string;
}

/** At most one a day and app password: a note of a day (UTC), and no log of accesses. */
export interface AppPasswordUsed {
  readonly type: 'AppPasswordUsed';
  readonly schema: 1;
  readonly id: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** All sessions of the web interface that the user began before are over. */
export interface SessionsEnded {
  readonly type: 'SessionsEnded';
  readonly schema: 1;
  readonly id: string;
}

export type TenantEvent = TenantAdded | TenantChanged | TenantRemoved;
export type PrincipalEvent =
  | PrincipalAdded
  | PrincipalChanged
  | PrincipalRemoved
  | PasswordChanged
  | AppPasswordAdded
  | AppPasswordRevoked
  | AppPasswordUsed
  | SessionsEnded;
export type DirectoryEvent = TenantEvent | PrincipalEvent;
