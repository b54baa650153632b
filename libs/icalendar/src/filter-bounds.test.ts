import { expect, test } from 'vitest';
import type { CompFilter } from './filter.js';
import { filterBounds } from './filter-bounds.js';

const comp = (name: string, more: Partial<CompFilter> = {}): CompFilter => ({
  name,
  propFilters: [],
  compFilters: [],
  ...more,
});
const root = (...compFilters: CompFilter[]) => comp('VCALENDAR', { compFilters });
const range = { start: 1, end: 2 };
const summary = { name: 'SUMMARY', paramFilters: [] };

test.each([
  ['no part', root(), { component: null, range: null, exact: true }],
  ['a component', root(comp('vtodo')), { component: 'VTODO', range: null, exact: true }],
  ['a component in a range', root(comp('VEVENT', { timeRange: range })), { component: 'VEVENT', range, exact: true }],
  [
    'a property as well',
    root(comp('VEVENT', { timeRange: range, propFilters: [summary] })),
    { component: 'VEVENT', range, exact: false },
  ],
  [
    'an alarm as well',
    root(comp('VEVENT', { compFilters: [comp('VALARM')] })),
    { component: 'VEVENT', range: null, exact: false },
  ],
  [
    'a property of the root',
    { ...root(comp('VEVENT')), propFilters: [summary] },
    { component: 'VEVENT', range: null, exact: false },
  ],
  [
    'a component that must not be there',
    root(comp('VEVENT', { isNotDefined: true })),
    { component: null, range: null, exact: false },
  ],
  ['two components', root(comp('VEVENT'), comp('VTIMEZONE')), { component: null, range: null, exact: false }],
  ['a time zone', root(comp('VTIMEZONE')), { component: null, range: null, exact: false }],
  ['another root', comp('VEVENT'), { component: null, range: null, exact: false }],
])('an index answers of a filter with %s', (_, filter, bounds) => {
  expect(filterBounds(filter)).toEqual(bounds);
});
