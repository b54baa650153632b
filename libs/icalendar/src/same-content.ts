import { isCalendarFault } from './calendar-fault.js';
import { instantOf, readCalendarTime } from './calendar-time.js';
import { type CalendarTree, objectParts, readCalendarTree } from './calendar-tree.js';
import { type Component, propertyOf } from './component-tree.js';
import { type ContentLine, type Parameter, parameterOf } from './content-line.js';
import { accessProperty } from './privacy.js';
import { recurrenceKey } from './recurrence-key.js';
import { unescapeText } from './text-match.js';
import { isOwnProperty } from './user-alarms.js';
import { utc } from './zone.js';

/**
 * True where two objects differ in nothing that others see: reminders and their dismissals apart, and what programs
 * write anew with every change, whatever it was (stamps, SEQUENCE, PRODID, VTIMEZONEs, the order of properties).
 */
export function sameContent(one: string, other: string): boolean {
  if (one === other) return true;
  const trees = [readCalendarTree(one), readCalendarTree(other)] as const;
  const [first, second] = trees;
  if (isCalendarFault(first) || isCalendarFault(second)) return false;
  return canonical(first) === canonical(second);
}

/** Written by the program, not by its user. */
const WRITTEN_ANEW: ReadonlySet<string> = new Set([
  ...['DTSTAMP', 'LAST-MODIFIED', 'CREATED', 'SEQUENCE', 'X-MOZ-GENERATION', 'X-LIC-ERROR'],
]);
/** Values that mean the same as none (RFC 5545). */
const DEFAULTS: Readonly<Record<string, string>> = { TRANSP: 'OPAQUE', CLASS: 'PUBLIC', PRIORITY: '0' };
const DEFAULT_TYPES: ReadonlySet<string> = new Set(['DATE-TIME', 'TEXT', 'URI', 'CAL-ADDRESS']);

function canonical(tree: CalendarTree): string {
  const access = propertyOf(tree.root, accessProperty)?.value.trim().toUpperCase() ?? 'PUBLIC';
  const parts = objectParts(tree.root).map((part) => [recurrenceKey(part, tree) ?? '', canonicalPart(part, tree)]);
  return JSON.stringify([access, parts.sort(byText)]);
}

function canonicalPart(part: Component, tree: CalendarTree): string {
  const lines = part.properties.filter(isCompared).map((property) => canonicalProperty(property, tree));
  const inner = part.components.filter(({ name }) => name !== 'VALARM').map((each) => canonicalPart(each, tree));
  return JSON.stringify([part.name, lines.sort(), inner.sort()]);
}

function isCompared(property: ContentLine): boolean {
  const value = property.value.trim();
  if (value === '' || WRITTEN_ANEW.has(property.name) || isOwnProperty(property)) return false;
  return DEFAULTS[property.name] !== value.toUpperCase();
}

function canonicalProperty(property: ContentLine, { zones }: CalendarTree): string {
  const { name } = property;
  const parameters = property.parameters.filter(isSaid).map((each) => `${each.name}=${each.values.join(',')}`);
  if (name === 'RECURRENCE-ID') return JSON.stringify([name, parameterOf(property, 'RANGE') ?? '']);
  if (!TIMES.has(name)) return JSON.stringify([name, parameters.sort(), canonicalValue(property)]);
  // The instant as well: the same TZID may have been given other rules.
  const time = readCalendarTime(property.value, property, zones);
  return JSON.stringify([name, parameters.sort(), time.kind, time.wall, instantOf(time, utc)]);
}

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'DUE']);

function isSaid({ name, values }: Parameter): boolean {
  return name !== 'VALUE' || !DEFAULT_TYPES.has(values[0]?.toUpperCase() ?? '');
}

function canonicalValue({ name, value }: ContentLine): string {
  if (name !== 'RRULE' && name !== 'EXRULE') return unescapeText(value.trim());
  const parts = value.trim().toUpperCase().split(';');
  return parts
    .filter((part) => part !== '')
    .sort()
    .join(';');
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
