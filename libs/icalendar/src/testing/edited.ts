import { isCalendarFault } from '../calendar-fault.js';
import { type CalendarObject, readCalendarObject } from '../calendar-object.js';
import type { ObjectChanges } from '../edit/change-component.js';
import { type EditScope, editObject } from '../edit/edit-object.js';
import type { TimeRange } from '../filter.js';
import { removeInstances } from '../edit/remove-instances.js';
import { shownInstances } from '../edit/shown-instances.js';
import { type Zone, zoneById } from '../zone.js';

const berlin = zoneById('Europe/Berlin') as Zone;
export const now = Date.UTC(2026, 0, 1) / 1000;

export const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
export const event = (...lines: readonly string[]): string =>
  calendar('BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20250101T000000Z', 'SUMMARY:Old', ...lines, 'END:VEVENT');

export function read(text: string): CalendarObject {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(`${object.reason} in\n${text}`);
  return object;
}

const january = { start: Date.UTC(2026, 0, 1) / 1000, end: Date.UTC(2026, 1, 15) / 1000 };
/** Starts of the instances of early 2026, on the wall of an observer in Berlin. */
export const startsOf = (text: string | null, observer = berlin): readonly string[] =>
  text === null ? [] : startsIn(text, january, observer);

/** The same of a year. */
export const startsOfYear = (text: string | null, year = 2026): readonly string[] =>
  text === null
    ? []
    : startsIn(text, { start: Date.UTC(year, 0, 1) / 1000, end: Date.UTC(year + 1, 0, 1) / 1000 }, berlin);

const startsIn = (text: string, range: Required<TimeRange>, observer: Zone): readonly string[] =>
  shownIn(text, range, observer)
    .map(({ start }) => start)
    .sort();

function shownIn(text: string, range: Required<TimeRange>, observer: Zone) {
  const shown = shownInstances(read(text), range, observer);
  if (isCalendarFault(shown)) throw new Error(shown.reason);
  return shown;
}

interface Edit {
  readonly at?: string;
  readonly scope?: EditScope;
}

export function edit(text: string, changes: ObjectChanges, { at, scope = 'all' }: Edit = {}) {
  const target = { object: read(text), recurrenceId: at ?? null, scope, now, newUid: 'later' };
  const edited = editObject(target, changes);
  if (isCalendarFault(edited)) throw new Error(edited.reason);
  return { text: edited.text ?? '', later: edited.later };
}

export function remove(text: string, at: string, scope: EditScope) {
  const removed = removeInstances({ object: read(text), recurrenceId: at, scope, now, newUid: 'later' });
  if (isCalendarFault(removed)) throw new Error(removed.reason);
  return removed.text;
}
