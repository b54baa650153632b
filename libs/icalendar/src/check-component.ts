import { refuse } from './calendar-fault.js';
import { readPlainTime } from './calendar-time.js';
import type { Component } from './component-tree.js';
import { propertyOf } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { nominalSeconds, readDuration } from './duration.js';
import { readPeriod } from './period.js';

/** Properties that RFC 5545 3.6 allows once in a component. */
export const singleProperties: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'DUE', 'DURATION', 'RECURRENCE-ID', 'SEQUENCE', 'STATUS', 'TRANSP'],
  ...['CLASS', 'CREATED', 'LAST-MODIFIED', 'COMPLETED', 'PERCENT-COMPLETE', 'PRIORITY', 'ORGANIZER', 'SUMMARY'],
  ...['GEO', 'URL', 'TZID', 'TZOFFSETFROM', 'TZOFFSETTO', 'ACTION', 'TRIGGER', 'REPEAT'],
]);
const STAMPS: ReadonlySet<string> = new Set(['DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'COMPLETED', 'ACKNOWLEDGED']);
const INTEGERS: ReadonlySet<string> = new Set(['SEQUENCE', 'PERCENT-COMPLETE', 'PRIORITY', 'REPEAT']);
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  VEVENT: ['UID', 'DTSTART'],
  VTODO: ['UID'],
  VJOURNAL: ['UID'],
  VFREEBUSY: ['UID'],
  VALARM: ['ACTION', 'TRIGGER'],
};

/** Checks what one component and those in it must and must not hold (RFC 5545 3.6), apart from times with zones. */
export function checkComponent(component: Component): void {
  const required = REQUIRED[component.name];
  if (required !== undefined) checkRequired(component, required);
  if (!component.name.startsWith('X-')) checkProperties(component);
  checkLength(component);
  for (const inner of component.components) checkComponent(inner);
}

function checkRequired(component: Component, names: readonly string[]): void {
  for (const name of names) {
    const property = propertyOf(component, name);
    if (property === undefined) refuse(`Give the ${component.name} its ${name}.`, component.line);
    if (property.value.trim() === '') refuse(`Give ${name} a value.`, property.line);
  }
}

function checkProperties(component: Component): void {
  const seen = new Set<string>();
  for (const property of component.properties) {
    const { name } = property;
    if (singleProperties.has(name)) {
      if (seen.has(name)) refuse(`Give ${name} once in a ${component.name}.`, property.line);
      seen.add(name);
    }
    checkValue(property);
  }
}

function checkValue(property: ContentLine): void {
  const { name, value, line } = property;
  if (STAMPS.has(name)) readPlainTime(value, name, line);
  else if (INTEGERS.has(name) && !/^[+-]?\d{1,10}$/.test(value.trim())) {
    refuse(`Give ${name} a whole number in place of "${value.slice(0, 40)}".`, line);
  } else if (name === 'TRIGGER') readTrigger(value, line);
  else if (name === 'DURATION') readDuration(value, line);
  else if (name === 'FREEBUSY') for (const period of value.split(',')) readPeriod(period, line);
}

function readTrigger(value: string, line: number): void {
  if (/^\d{8}/.test(value.trim())) readPlainTime(value, 'TRIGGER', line);
  else readDuration(value, line);
}

/** DTEND or DUE and DURATION exclude each other (RFC 5545 3.6.1, 3.6.2). */
function checkLength(component: Component): void {
  if (component.name !== 'VEVENT' && component.name !== 'VTODO') return;
  const duration = propertyOf(component, 'DURATION');
  if (duration === undefined) return;
  const end = component.name === 'VEVENT' ? 'DTEND' : 'DUE';
  if (propertyOf(component, end) !== undefined) refuse(`Use ${end} or DURATION, not both.`, duration.line);
  if (nominalSeconds(readDuration(duration.value, duration.line)) < 0)
    refuse('Give a DURATION of zero or more.', duration.line);
}
