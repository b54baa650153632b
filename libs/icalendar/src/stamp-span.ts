import { readPlainTime } from './calendar-time.js';
import type { Component } from './component-tree.js';
import { propertiesOf, propertyOf } from './component-tree.js';
import { readPeriod } from './period.js';

/**
 * The span, in UTC seconds, in which a component without DTSTART and DUE can match a time-range: COMPLETED and CREATED
 * of a VTODO, the periods of a VFREEBUSY (RFC 4791 9.9). Null is unbounded.
 */
export function stampSpan(component: Component): { readonly start: number | null; readonly end: number | null } {
  if (component.name === 'VFREEBUSY') return freeBusySpan(component);
  const completed = stampOf(component, 'COMPLETED');
  const created = stampOf(component, 'CREATED');
  if (component.name !== 'VTODO' || (completed ?? created) === null) return { start: null, end: null };
  if (completed === null) return { start: created, end: null };
  return { start: Math.min(completed, created ?? completed), end: Math.max(completed, created ?? completed) };
}

/** A DATE-TIME that RFC 5545 wants in UTC, as an instant; forms without a Z are read as if they had one. */
export function stampOf(component: Component, name: string): number | null {
  const property = propertyOf(component, name);
  return property === undefined ? null : readPlainTime(property.value, name, property.line).wall;
}

function freeBusySpan(component: Component): { readonly start: number | null; readonly end: number | null } {
  const periods = propertiesOf(component, 'FREEBUSY').flatMap(({ value, line }) =>
    value.split(',').map((item) => readPeriod(item, line)),
  );
  if (periods.length === 0) return { start: null, end: null };
  return {
    start: periods.reduce((first, { start }) => Math.min(first, start), Infinity),
    end: periods.reduce((last, { end }) => Math.max(last, end), -Infinity),
  };
}
