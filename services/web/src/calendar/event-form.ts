import type { Details, ReadObject, Time } from '../api/types.js';

/** What the fields of the editor hold. Of whole days `endDay` is the last one, as people say it. */
export interface EventForm {
  readonly title: string;
  readonly location: string;
  readonly description: string;
  readonly categories: string;
  readonly isPrivate: boolean;
  readonly isFree: boolean;
  readonly allDay: boolean;
  readonly startDay: string;
  readonly startTime: string;
  readonly startZone: string;
  readonly endDay: string;
  readonly endTime: string;
  readonly endZone: string;
  readonly rule: string | null;
  readonly reminders: readonly number[];
}

const dayBy = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** @param zone for times that are on nobody's clock */
export function formOf(
  details: Pick<Details, Exclude<keyof Details, 'status' | 'percent' | 'priority'>>,
  zone: string,
): EventForm {
  const { start, end, categories, ...rest } = details;
  const from = start ?? { local: new Date().toISOString().slice(0, 10), zone: null };
  const to = end ?? from;
  const allDay = from.local.length === 10;
  const lastDay = allDay && to.local > from.local ? dayBy(to.local, -1) : to.local.slice(0, 10);
  return {
    ...rest,
    categories: categories.join(', '),
    allDay,
    startDay: from.local.slice(0, 10),
    startTime: from.local.slice(11, 16) || '09:00',
    startZone: from.zone ?? zone,
    endDay: lastDay,
    endTime: to.local.slice(11, 16) || '10:00',
    endZone: to.zone ?? from.zone ?? zone,
  };
}

export const newForm = (start: string, end: string, zone: string): EventForm => {
  const time = (local: string): Time => ({ local, zone: local.length > 10 ? zone : null });
  const texts = { title: '', location: '', description: '', categories: [], rule: null };
  return formOf({ ...texts, isPrivate: false, isFree: false, reminders: [], start: time(start), end: time(end) }, zone);
};

/** Null where the end lies before the start. */
export function detailsOfForm(form: EventForm): Omit<Details, 'status' | 'percent' | 'priority'> | null {
  const { title, location, description, isPrivate, isFree, rule, reminders, allDay } = form;
  const start = allDay ? day(form.startDay) : time(form.startDay, form.startTime, form.startZone);
  const end = allDay ? day(dayBy(form.endDay, 1)) : time(form.endDay, form.endTime, form.endZone);
  const isBackwards = allDay ? end.local <= start.local : form.startZone === form.endZone && end.local < start.local;
  if (isBackwards) return null;
  const categories = form.categories
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return { title: title.trim(), location, description, categories, isPrivate, isFree, rule, reminders, start, end };
}

const day = (local: string): Time => ({ local, zone: null });
const time = (on: string, at: string, zone: string): Time => ({ local: `${on}T${at}:00`, zone });

/** What differs from what was opened; only that is sent, so that nobody else's change is undone. */
export function changesOf(before: ReadObject, after: Partial<Details>): Partial<Details> {
  const changed = Object.entries(after).filter(([name, value]) => {
    return JSON.stringify(value) !== JSON.stringify(before[name as keyof Details]);
  });
  const changes: Partial<Details> = Object.fromEntries(changed);
  // Start and end belong together: a series is moved by both.
  return changes.start === undefined && changes.end === undefined
    ? changes
    : {
        ...changes,
        ...(after.start === undefined ? {} : { start: after.start }),
        ...(after.end === undefined ? {} : { end: after.end }),
      };
}

/** The form with another start: the end goes along. */
export function withStart(form: EventForm, startDay: string, startTime: string): EventForm {
  const at = (on: string, clock: string) => Date.parse(`${on}T${clock}:00Z`);
  const by = at(startDay, startTime) - at(form.startDay, form.startTime);
  if (Number.isNaN(by)) return { ...form, startDay, startTime };
  const end = new Date(at(form.endDay, form.endTime) + by).toISOString();
  return {
    ...form,
    startDay,
    startTime,
    endDay: end.slice(0, 10),
    endTime: form.allDay ? form.endTime : end.slice(11, 16),
  };
}
