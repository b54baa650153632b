/** A CALDAV:time-range in UTC seconds (RFC 4791 9.9); an absent side is open. */
export interface TimeRange {
  readonly start?: number;
  readonly end?: number;
}

/** A CALDAV:text-match (RFC 4791 9.7.5): substring search in a collation. */
export interface TextMatch {
  readonly text: string;
  readonly collation: 'i;ascii-casemap' | 'i;octet' | 'i;unicode-casemap';
  readonly negate: boolean;
}

/** A CALDAV:param-filter (RFC 4791 9.7.3). Names are compared without regard to case, here and below. */
export interface ParamFilter {
  readonly name: string;
  readonly isNotDefined?: true;
  readonly textMatch?: TextMatch;
}

/** A CALDAV:prop-filter (RFC 4791 9.7.2). */
export interface PropFilter {
  readonly name: string;
  readonly isNotDefined?: true;
  readonly timeRange?: TimeRange;
  readonly textMatch?: TextMatch;
  readonly paramFilters: readonly ParamFilter[];
}

/** A CALDAV:comp-filter (RFC 4791 9.7.1); the root names VCALENDAR. */
export interface CompFilter {
  readonly name: string;
  readonly isNotDefined?: true;
  readonly timeRange?: TimeRange;
  readonly propFilters: readonly PropFilter[];
  readonly compFilters: readonly CompFilter[];
}
