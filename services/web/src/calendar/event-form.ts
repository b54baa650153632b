import type { Details, Participant, Time } from '../api/types.js';
import { onClock, onDay, type SeriesClock } from './recurrence.js';

/** What the editor has fields for. */
export type EventDetails = Omit<Details, 'status' | 'percent' | 'priority'>;

/** What the fields of the editor hold. Of whole days `endDay` is the last one, as people say it. */
export interface EventForm {
  readonly title: string;
  readonly location: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly isPrivate: boolean;
  readonly isFree: boolean;
  readonly allDay: boolean;
  readonly startDay: string;
  /** `09:00`; with seconds where there are some. */
  readonly startTime: string;
  /** Null is a floating time: the same on every wall (RFC 5545 3.3.5). */
  readonly startZone: string | null;
  readonly endDay: string;
  readonly endTime: string;
  readonly endZone: string | null;
  readonly rule: string | null;
  readonly reminders: readonly number[];
  readonly attendees: readonly Participant[];
}

/** A day so many later. */
export const dayBy = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const clockOf = (local: string): string => local.slice(11).replace(/:00$/, '');

/** @param zone for whole days that become times */
export function formOf(details: EventDetails, zone: string): EventForm {
  const { title, location, description, categories, isPrivate, isFree, rule, reminders, attendees, start, end } =
    details;
  const from = start ?? { local: new Date().toISOString().slice(0, 10), zone: null };
  const to = end ?? from;
  const allDay = from.local.length === 10;
  const lastDay = allDay && to.local > from.local ? dayBy(to.local, -1) : to.local.slice(0, 10);
  return {
    ...{ title, location, description, categories, isPrivate, isFree, rule, reminders, attendees, allDay },
    startDay: from.local.slice(0, 10),
    startTime: clockOf(from.local) || '09:00',
    startZone: allDay ? zone : from.zone,
    endDay: lastDay,
    endTime: clockOf(to.local) || '10:00',
    endZone: allDay ? zone : to.zone,
  };
}

export const newForm = (start: string, end: string, zone: string): EventForm => {
  const time = (local: string): Time => ({ local, zone: local.length > 10 ? zone : null });
  const texts = { title: '', location: '', description: '', categories: [], rule: null, attendees: [] };
  return formOf({ ...texts, isPrivate: false, isFree: false, reminders: [], start: time(start), end: time(end) }, zone);
};

/** Null where the end lies before the start. */
export function detailsOfForm(form: EventForm): EventDetails | null {
  const { location, description, categories, isPrivate, isFree, rule, reminders, allDay } = form;
  const start = allDay ? day(form.startDay) : time(form.startDay, form.startTime, form.startZone);
  const end = allDay ? day(dayBy(form.endDay, 1)) : time(form.endDay, form.endTime, form.endZone);
  const isBackwards = allDay ? end.local <= start.local : form.startZone === form.endZone && end.local < start.local;
  if (isBackwards) return null;
  const title = form.title.trim();
  const attendees = form.attendees.map(named);
  return { title, location, description, categories, isPrivate, isFree, rule, reminders, attendees, start, end };
}

/** Whether somebody comes is for them to say. */
const named = ({ address, name }: Participant): Participant => (name == null ? { address } : { address, name });
const day = (local: string): Time => ({ local, zone: null });
const time = (on: string, at: string, zone: string | null): Time => ({
  local: `${on}T${at.length > 5 ? at : `${at}:00`}`,
  zone,
});

/**
 * What differs from the form as it was opened; only that is sent, so that neither what nobody touched nor somebody else's
 * change is undone. Null where the end lies before the start.
 */
export function changesOf(opened: EventForm, form: EventForm): Partial<EventDetails> | null {
  const [before, after] = [detailsOfForm(opened), detailsOfForm(form)];
  if (after === null) return null;
  const differs = ([name, value]: [string, unknown]): boolean =>
    JSON.stringify(value) !== JSON.stringify(before?.[name as keyof EventDetails]);
  const changes: Partial<EventDetails> = Object.fromEntries(Object.entries(after).filter(differs));
  // Start and end belong together: a series is moved by both.
  const isMoved = changes.start !== undefined || changes.end !== undefined;
  return isMoved ? { ...changes, start: after.start, end: after.end } : changes;
}

/** The form with another start: the end goes along. */
export function withStart(form: EventForm, startDay: string, startTime: string): EventForm {
  const at = (on: string, clock: string) => Date.parse(`${time(on, clock, null).local}Z`);
  const by = at(startDay, startTime) - at(form.startDay, form.startTime);
  if (Number.isNaN(by)) return { ...form, startDay, startTime };
  const end = new Date(at(form.endDay, form.endTime) + by).toISOString();
  return {
    ...form,
    startDay,
    startTime,
    endDay: end.slice(0, 10),
    endTime: form.allDay ? form.endTime : clockOf(end.slice(0, 19)),
  };
}

/** A new form with changes: how it is repeated goes along with its first day, until one says otherwise. */
export function withChanges(form: EventForm, changes: Partial<EventForm>): EventForm {
  const next = { ...form, ...changes };
  if (next.rule === null || next.rule !== form.rule || next.startDay === form.startDay) return next;
  return { ...next, rule: onDay(next.rule, seriesClock(next), form.startDay, next.startDay) };
}

/** What the series of a form goes by. */
export const seriesClock = ({ allDay, startZone }: EventForm): SeriesClock => ({ allDay, zone: startZone });

/** The form by another clock; a series ends on the same day as before. */
export function withClock(form: EventForm, changes: Partial<Pick<EventForm, 'allDay' | 'startZone' | 'endZone'>>) {
  const next: EventForm = { ...form, ...changes };
  return { ...next, rule: next.rule === null ? null : onClock(next.rule, seriesClock(form), seriesClock(next)) };
}
