/** What `/api/v1/openapi.json` says of these. */

export type Right = 'owner' | 'see-busy' | 'read' | 'add' | 'edit-own' | 'edit-all' | 'delete' | 'administer';

export interface Session {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly profile: 'groupware' | 'standard';
  /** Scheme and authority that calendar programs are given. */
  readonly server: string;
  readonly principal: string;
  readonly home: string;
  /** False for a session that another service vouches for: there is no password to ask for. */
  readonly passwordNeeded: boolean;
}

export interface SignInWays {
  readonly password: boolean;
  /** Another service that says who somebody is (OpenID Connect), by the name that people know it by. */
  readonly oidc: { readonly name: string } | null;
}

export interface Folder {
  readonly href: string;
  readonly home: string;
  readonly segment: string;
  readonly name: string;
  readonly owner: string;
  readonly right: Right;
  readonly components: readonly string[];
  readonly role: string | null;
  readonly parent: string | null;
  readonly color: string | null;
  /** Among those beside it; null: by its name, after those that have one. */
  readonly order: number | null;
  readonly members: number;
  readonly size?: number;
  readonly shared: boolean;
  readonly modifiedAt: string;
}

export interface Time {
  readonly local: string;
  readonly zone: string | null;
}

/** Where an appointment or task is, and what may be done with it. */
export interface ObjectRef {
  readonly home: string;
  readonly segment: string;
  readonly name: string;
  readonly href: string;
  readonly etag: string;
  readonly masked: boolean;
  readonly editable: boolean;
  readonly deletable: boolean;
}

export interface CalendarEvent extends ObjectRef {
  readonly recurrenceId: string | null;
  readonly allDay: boolean;
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly location: string;
  readonly categories: readonly string[];
  readonly isPrivate: boolean;
  readonly isFree: boolean;
  readonly status: string | null;
}

export interface Participant {
  readonly address: string;
  readonly name?: string | null;
  /** PARTSTAT, as `ACCEPTED` (RFC 5545 3.2.12). */
  readonly status?: string | null;
  readonly role?: string | null;
}

export interface Attachment {
  /** Null for a link to elsewhere. */
  readonly managedId: string | null;
  readonly href: string;
  readonly filename: string;
  /** Octets. */
  readonly size: number | null;
  readonly type: string | null;
}

export interface Details {
  readonly title: string;
  readonly location: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly isPrivate: boolean;
  readonly isFree: boolean;
  readonly start: Time | null;
  readonly end: Time | null;
  readonly rule: string | null;
  readonly reminders: readonly number[];
  readonly status: string | null;
  readonly percent: number | null;
  readonly priority: number | null;
  readonly attendees: readonly Participant[];
}

export interface ReadObject extends ObjectRef, Details {
  readonly component: 'VEVENT' | 'VTODO';
  readonly recurrenceId: string | null;
  readonly organizer: Participant | null;
  readonly attachments: readonly Attachment[];
}

/** What a search has found: of a series the next instance, or the last one. */
export interface Found extends ObjectRef {
  readonly component: 'VEVENT' | 'VTODO';
  readonly recurrenceId: string | null;
  readonly title: string;
  readonly location: string;
  /** On the wall of the zone that was asked for, `2026-01-31` or `2026-01-31T09:00:00`. */
  readonly start: string | null;
  readonly end: string | null;
}

/** Of a recurring one the occurrence that is to be worked at. */
export interface Task extends ObjectRef, Omit<Details, 'attendees'> {
  readonly recurrenceId: string | null;
}

export interface Share {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly name?: string;
  readonly right: Exclude<Right, 'owner'>;
}

export interface Principal {
  readonly id: string;
  readonly kind: 'user' | 'group';
  readonly name: string;
  readonly address: string | null;
}

export interface TrashEntry {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly members: number;
  readonly deletedAt: string;
}

export interface AppPassword {
  readonly key: string;
  readonly label: string;
  readonly created: string;
  /** To the day; null for one that was never used. */
  readonly lastUsed: string | null;
}
