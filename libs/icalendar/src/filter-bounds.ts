import type { CalendarComponentName } from './calendar-object.js';
import type { CompFilter, TimeRange } from './filter.js';

/**
 * What an index can answer of a filter: the component that must be there and the time-range on it. With `exact`
 * nothing else is asked, so the index decides alone; otherwise what it lets through goes to `matches`.
 */
export interface FilterBounds {
  readonly component: CalendarComponentName | null;
  readonly range: TimeRange | null;
  readonly exact: boolean;
}

const COMPONENTS: readonly CalendarComponentName[] = ['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY'];

/** Reads off a filter what an index can answer (RFC 4791 9.7, 9.9). */
export function filterBounds(filter: CompFilter): FilterBounds {
  const isCalendar = filter.name.toUpperCase() === 'VCALENDAR' && !filter.isNotDefined;
  if (!isCalendar) return { component: null, range: null, exact: false };
  const hasMore = filter.propFilters.length > 0 || filter.timeRange !== undefined;
  const [only, ...others] = filter.compFilters;
  if (only === undefined) return { component: null, range: null, exact: !hasMore };
  const component = only.isNotDefined ? undefined : COMPONENTS.find((name) => name === only.name.toUpperCase());
  if (others.length > 0 || component === undefined) return { component: null, range: null, exact: false };
  return {
    component,
    range: only.timeRange ?? null,
    exact: !hasMore && only.propFilters.length === 0 && only.compFilters.length === 0,
  };
}
