import { expect, it } from 'vitest';
import { changesOf, detailsOfForm, formOf, newForm, withClock, withStart } from './event-form.js';

const berlin = 'Europe/Berlin';
const form = newForm('2026-01-31T09:00:00', '2026-01-31T10:30:00', berlin);

it('whole days end on the day that people say', () => {
  const days = newForm('2026-01-31', '2026-02-02', berlin);
  expect([days.allDay, days.startDay, days.endDay]).toEqual([true, '2026-01-31', '2026-02-01']);
  expect(detailsOfForm(days)?.end).toEqual({ local: '2026-02-02', zone: null });
});

it('the end goes along with the start', () => {
  expect(detailsOfForm(withStart(form, '2026-02-01', '23:00'))).toMatchObject({
    start: { local: '2026-02-01T23:00:00', zone: berlin },
    end: { local: '2026-02-02T00:30:00', zone: berlin },
  });
});

it('nothing ends before it begins', () => {
  expect(detailsOfForm({ ...form, endTime: '08:00' })).toBeNull();
  expect(changesOf(form, { ...form, endTime: '08:00' })).toBeNull();
  expect(detailsOfForm({ ...form, endTime: '08:00', endZone: 'America/New_York' })).not.toBeNull();
});

it('only what was changed is sent, start and end together', () => {
  expect(changesOf(form, { ...form, title: 'b' })).toEqual({ title: 'b' });
  expect(changesOf(form, { ...form, endTime: '11:00' })).toEqual({
    start: { local: '2026-01-31T09:00:00', zone: berlin },
    end: { local: '2026-01-31T11:00:00', zone: berlin },
  });
});

it('what no field can say stays as it is: floating times, seconds, categories with commas', () => {
  const opened = formOf(
    {
      ...{ title: 'a', location: '', description: '', isPrivate: false, isFree: false, rule: null, reminders: [] },
      ...{ categories: ['one, two', 'three'], attendees: [] },
      start: { local: '2026-01-31T09:00:30', zone: null },
      end: { local: '2026-01-31T10:00:15', zone: null },
    },
    berlin,
  );
  expect(changesOf(opened, opened)).toEqual({});
  expect(changesOf(opened, { ...opened, title: 'b' })).toEqual({ title: 'b' });
  expect(changesOf(opened, withStart(opened, '2026-02-01', opened.startTime))).toEqual({
    start: { local: '2026-02-01T09:00:30', zone: null },
    end: { local: '2026-02-01T10:00:15', zone: null },
  });
  expect(changesOf(opened, { ...opened, categories: ['one, two'] })).toEqual({ categories: ['one, two'] });
});

it('a series that becomes whole days, or goes to another zone, ends on the same day', () => {
  const series = { ...form, rule: 'FREQ=DAILY;UNTIL=20260228T225959Z' };
  expect(withClock(series, { allDay: true }).rule).toBe('FREQ=DAILY;UNTIL=20260228');
  expect(withClock(series, { startZone: 'UTC', endZone: 'UTC' }).rule).toBe('FREQ=DAILY;UNTIL=20260228T235959Z');
  expect(withClock(form, { allDay: true }).rule).toBeNull();
});
