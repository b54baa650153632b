import type { CalendarDataSpec, CompFilter, TimeRange } from '@almanac/icalendar';
import type { PropertyRequest } from '../bodies/property-request.js';
import type { PropertyName } from '../names.js';

/** The media type that was asked for, e.g. `text/calendar` and `2.0`; only that pair gets past the parser. */
export interface CalendarDataFormat {
  readonly contentType: string;
  readonly version: string;
}

/** What is to be sent of each calendar object. */
export interface RequestedData {
  readonly properties: PropertyRequest;
  /** The parts that CALDAV:calendar-data asks for; null means whole, if `properties` names it at all. */
  readonly data: CalendarDataSpec | null;
  readonly dataFormat: CalendarDataFormat | null;
}

/** RFC 4791 7.8 */
export interface CalendarQuery extends RequestedData {
  readonly kind: 'calendar-query';
  readonly filter: CompFilter;
  /** iCalendar text with a VTIMEZONE, for floating times; not yet checked. */
  readonly timezone: string | null;
  /** A time zone's name, for floating times (RFC 7809 5.3). */
  readonly timezoneId: string | null;
  readonly limit: number | null;
}

/** RFC 4791 7.9; hrefs as sent, in order, not yet parsed as paths. */
export interface CalendarMultiget extends RequestedData {
  readonly kind: 'calendar-multiget';
  readonly hrefs: readonly string[];
}

/** RFC 6578 3.2 */
export interface SyncCollection extends RequestedData {
  readonly kind: 'sync-collection';
  /** '' asks for everything. */
  readonly token: string;
  readonly level: '1' | 'infinite';
  readonly limit: number | null;
}

/** RFC 4791 7.10 */
export interface FreeBusyQuery {
  readonly kind: 'free-busy-query';
  readonly range: Required<TimeRange>;
}

/** A property, and the properties of the resources that its hrefs name. */
export interface ExpandedProperty {
  readonly name: PropertyName;
  readonly properties: readonly ExpandedProperty[];
}

/** RFC 3253 3.8 */
export interface ExpandProperty {
  readonly kind: 'expand-property';
  readonly properties: readonly ExpandedProperty[];
}

export type MatchType = 'contains' | 'starts-with' | 'ends-with' | 'equals';

export interface PrincipalSearch {
  /** Properties of which one at least must match; none (only in calendarserver-principal-search): the server's choice. */
  readonly names: readonly PropertyName[];
  readonly match: string;
  readonly matchType: MatchType;
}

interface PrincipalSearches {
  readonly test: 'allof' | 'anyof';
  readonly searches: readonly PrincipalSearch[];
  readonly properties: PropertyRequest;
  readonly applyToPrincipalCollectionSet: boolean;
  readonly limit: number | null;
}

/** RFC 3744 9.4, with Apple's `test` and `match-type` attributes. */
export interface PrincipalPropertySearch extends PrincipalSearches {
  readonly kind: 'principal-property-search';
}

/** Apple's search for attendees: every word must match. */
export interface CalendarserverPrincipalSearch extends PrincipalSearches {
  readonly kind: 'calendarserver-principal-search';
  /** `attendee`, `user`, `group`, `location` or `resource`; null when not said. */
  readonly context: string | null;
}

/** RFC 3744 9.3 */
export interface PrincipalMatch {
  readonly kind: 'principal-match';
  readonly self: boolean;
  readonly principalProperty: PropertyName | null;
  readonly properties: PropertyRequest;
}

/** RFC 3744 9.2 */
export interface AclPrincipalPropSet {
  readonly kind: 'acl-principal-prop-set';
  readonly properties: PropertyRequest;
}

/** The body of a REPORT. */
export type ReportRequest =
  | CalendarQuery
  | CalendarMultiget
  | SyncCollection
  | FreeBusyQuery
  | ExpandProperty
  | PrincipalPropertySearch
  | CalendarserverPrincipalSearch
  | PrincipalMatch
  | AclPrincipalPropSet
  | { readonly kind: 'principal-search-property-set' }
  | { readonly kind: 'unknown'; readonly name: PropertyName };
