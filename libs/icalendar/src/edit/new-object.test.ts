import { expect, it } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { type CalendarObject, readCalendarObject } from '../calendar-object.js';
import { newObject } from './new-object.js';
import { detailsOf } from './object-details.js';

const made = { uid: 'u', now: Date.UTC(2026, 0, 1) / 1000 };

it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC'])(
  'an appointment in %s says again what it was made of',
  (zone) => {
    const details = {
      ...{ title: 'Ännderung, \\ und; mehr\nZeilen', location: 'Raum', description: 'x', categories: ['a', 'b,c'] },
      ...{ isPrivate: true, isFree: true, rule: 'FREQ=DAILY;COUNT=3', reminders: [0, 15] },
      start: { local: '2026-07-01T09:00:00', zone },
      end: { local: '2026-07-01T10:00:00', zone },
    };
    const text = newObject({ component: 'VEVENT', ...made }, details);
    const object = readCalendarObject(text as string) as CalendarObject;
    expect(isCalendarFault(object)).toBe(false);
    const master = object.series.master;
    expect(master === null ? null : detailsOf(master)).toMatchObject(details);
  },
);

it('a task, with its due date; completing it is told in all three ways (T5)', () => {
  const details = { title: 'Task', start: null, end: { local: '2026-07-01', zone: null }, priority: 1 };
  const text = newObject({ component: 'VTODO', ...made }, { ...details, status: 'COMPLETED', percent: 100 }) as string;
  for (const line of [
    'DUE;VALUE=DATE:20260701',
    'STATUS:COMPLETED',
    'PERCENT-COMPLETE:100',
    'COMPLETED:20260101T000000Z',
  ]) {
    expect(text).toContain(`${line}\r\n`);
  }
  const { series } = readCalendarObject(text) as CalendarObject;
  expect(series.master === null ? null : detailsOf(series.master)).toMatchObject(details);
});

it('a day that does not exist is refused', () => {
  const start = { local: '2026-02-30', zone: null };
  expect(isCalendarFault(newObject({ component: 'VEVENT', ...made }, { start }))).toBe(true);
});

it.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
])('the VTIMEZONE of %s has the name that the times have', (zone, tzid) => {
  const start = { local: '2026-07-01T09:00:00', zone };
  const text = newObject({ component: 'VEVENT', ...made }, { start });
  expect(text).toContain(`TZID:${tzid}\r\n`);
  expect(text).toContain(`DTSTART;TZID=${tzid}:20260701T090000\r\n`);
});
