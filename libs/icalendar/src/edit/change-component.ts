import { type CalendarTree, keepProperties, putProperty } from '../calendar-tree.js';
import { type CalendarTime, formatInstant } from '../calendar-time.js';
import { type Component, propertyOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { newProperty } from '../new-property.js';
import { escapeText } from '../text-match.js';
import { type EditedTime, readEdited, writeTime } from './edited-time.js';
import type { ObjectDetails } from './object-details.js';
import { type ChangedPeople, withAttendees } from './people.js';
import { withReminders } from './reminders.js';

/** What people change. */
export interface ObjectChanges extends Partial<ObjectDetails> {
  readonly people?: ChangedPeople;
}

export interface ChangedTimes {
  readonly start?: CalendarTime | null;
  readonly end?: CalendarTime | null;
}

/** The same with times that are read, in zones that are known. */
export type ReadChanges = Omit<ObjectChanges, keyof ChangedTimes> & ChangedTimes;

/** Refuses times and zones that do not exist. @param tree of the object that is changed */
export function readChanges({ start, end, ...rest }: ObjectChanges, tree: CalendarTree): ReadChanges {
  const read = (time: EditedTime | null) => (time === null ? null : readEdited(time, tree));
  return {
    ...rest,
    ...(start === undefined ? {} : { start: read(start) }),
    ...(end === undefined ? {} : { end: read(end) }),
  };
}

/**
 * The component with what was changed, and its stamps.
 * @param now UTC seconds
 * @param before as it was, where its times have been changed already
 */
export function changeComponent(
  component: Component,
  changes: ReadChanges,
  now: number,
  before: Component = component,
): Component {
  const changed = written(changes, component, now).reduce(
    (part, [name, property]) => (property === null ? without(part, name) : putProperty(part, property)),
    component,
  );
  const { people } = changes;
  const invited = people === undefined ? changed : withAttendees(changed, people);
  return stamped(withReminders(invited, before, changes.reminders), now);
}

export const without = (component: Component, ...names: readonly string[]): Component =>
  keepProperties(component, ({ name }) => !names.includes(name));

type Written = readonly [name: string, property: ContentLine | null];

function written(changes: ReadChanges, { name: kind }: Component, now: number): readonly Written[] {
  const list: Written[] = [];
  const put = (name: string, value: string | null) =>
    list.push([name, value === null ? null : newProperty(name, value)]);
  const text = (name: string, value: string | undefined) => {
    if (value !== undefined) put(name, value === '' ? null : escapeText(value));
  };
  const { start, end, categories, isPrivate, isFree, rule, percent, priority, status } = changes;
  const time = (name: string, value: typeof start) => {
    if (value !== undefined) list.push([name, value === null ? null : writeTime(name, value)]);
  };
  text('SUMMARY', changes.title);
  text('LOCATION', changes.location);
  text('DESCRIPTION', changes.description);
  time('DTSTART', start);
  time(kind === 'VTODO' ? 'DUE' : 'DTEND', end);
  if (end !== undefined) put('DURATION', null);
  if (categories !== undefined)
    put('CATEGORIES', categories.length === 0 ? null : categories.map(escapeText).join(','));
  if (isPrivate !== undefined) put('CLASS', isPrivate ? 'PRIVATE' : null);
  if (isFree !== undefined) put('TRANSP', isFree ? 'TRANSPARENT' : null);
  if (rule !== undefined) put('RRULE', rule);
  if (percent !== undefined) put('PERCENT-COMPLETE', percent === null ? null : String(percent));
  if (priority !== undefined) put('PRIORITY', priority === null ? null : String(priority));
  if (status !== undefined) put('STATUS', status);
  if (status !== undefined && kind === 'VTODO') put('COMPLETED', status === 'COMPLETED' ? formatInstant(now) : null);
  return list;
}

/** RFC 5545 3.8.7: SEQUENCE tells who else has the object that it is another one now. */
export function stamped(component: Component, now: number): Component {
  const sequence = Number(propertyOf(component, 'SEQUENCE')?.value ?? -1);
  return [
    newProperty('DTSTAMP', formatInstant(now)),
    newProperty('LAST-MODIFIED', formatInstant(now)),
    newProperty('SEQUENCE', String(Number.isSafeInteger(sequence) ? sequence + 1 : 0)),
  ].reduce(putProperty, component);
}
