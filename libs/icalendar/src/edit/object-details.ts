import { type CalendarItem, anchorOf } from '../calendar-item.js';
import { addDuration } from '../calendar-time.js';
import { type Component, propertiesOf, propertyOf } from '../component-tree.js';
import { unescapeText } from '../text-match.js';
import { type EditedTime, editedTime } from './edited-time.js';
import { remindersOf } from './reminders.js';

/** What people see and change of an appointment or a task; what else the object holds stays as it is. */
export interface ObjectDetails {
  readonly title: string;
  readonly location: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly isPrivate: boolean;
  /** The appointment takes no time. */
  readonly isFree: boolean;
  readonly start: EditedTime | null;
  /** DTEND, or DUE of a task; of days the first one after. */
  readonly end: EditedTime | null;
  /** An RRULE value. */
  readonly rule: string | null;
  /** Minutes before the start; of a task before it is due, where it is. */
  readonly reminders: readonly number[];
  readonly status: string | null;
  readonly percent: number | null;
  readonly priority: number | null;
}

/** What has nothing to do with when it is. */
export type ObjectContent = Omit<ObjectDetails, 'start' | 'end' | 'rule'>;

export function detailsOf(item: CalendarItem): ObjectDetails {
  const end = item.end ?? endByDuration(item);
  return {
    ...contentOf(item.component),
    start: item.start === null ? null : editedTime(item.start),
    end: end === null ? null : editedTime(end),
    rule: propertyOf(item.component, 'RRULE')?.value ?? null,
  };
}

export function contentOf(component: Component): ObjectContent {
  const text = (name: string) => unescapeText(propertyOf(component, name)?.value ?? '');
  const number = (name: string) => {
    const value = propertyOf(component, name)?.value.trim();
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
  };
  return {
    title: text('SUMMARY'),
    location: text('LOCATION'),
    description: text('DESCRIPTION'),
    categories: propertiesOf(component, 'CATEGORIES').flatMap(({ value }) => listOf(value)),
    isPrivate: !['', 'PUBLIC'].includes(text('CLASS').toUpperCase()),
    isFree: text('TRANSP').toUpperCase() === 'TRANSPARENT',
    reminders: remindersOf(component),
    status: propertyOf(component, 'STATUS')?.value.toUpperCase() ?? null,
    percent: number('PERCENT-COMPLETE'),
    priority: number('PRIORITY'),
  };
}

const listOf = (value: string): readonly string[] =>
  [...value.matchAll(/(?:\\.|[^,\\])+/g)].map(([item]) => unescapeText(item).trim()).filter((item) => item !== '');

/** RFC 5545 3.6.1: a day without an end takes the day, a time without one takes none. */
function endByDuration(item: CalendarItem) {
  const start = anchorOf(item);
  if (start === null || item.start === null) return null;
  if (item.duration !== null) return addDuration(start, item.duration);
  if (item.component.name === 'VTODO') return null;
  return start.kind === 'date' ? addDuration(start, { days: 1, seconds: 0 }) : start;
}
