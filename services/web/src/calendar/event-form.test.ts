import { expect, it } from 'vitest';
import type { ReadObject } from '../api/types.js';
import { changesOf, detailsOfForm, newForm, withStart } from './event-form.js';

const berlin = 'Europe/Berlin';

it('whole days end on the day that people say', () => {
  const form = newForm('2026-01-31', '2026-02-02', berlin);
  expect([form.allDay, form.startDay, form.endDay]).toEqual([true, '2026-01-31', '2026-02-01']);
  expect(detailsOfForm(form)?.end).toEqual({ local: '2026-02-02', zone: null });
});

it('the end goes along with the start', () => {
  const form = withStart(newForm('2026-01-31T09:00:00', '2026-01-31T10:30:00', berlin), '2026-02-01', '23:00');
  expect(detailsOfForm(form)).toMatchObject({
    start: { local: '2026-02-01T23:00:00', zone: berlin },
    end: { local: '2026-02-02T00:30:00', zone: berlin },
  });
});

it('nothing ends before it begins', () => {
  const form = newForm('2026-01-31T09:00:00', '2026-01-31T10:00:00', berlin);
  expect(detailsOfForm({ ...form, endTime: '08:00' })).toBeNull();
  expect(detailsOfForm({ ...form, endTime: '08:00', endZone: 'America/New_York' })).not.toBeNull();
});

it('only what was changed is sent, start and end together', () => {
  const before = {
    title: 'a',
    location: 'x',
    start: { local: '2026-01-31', zone: null },
    end: null,
  } as unknown as ReadObject;
  expect(changesOf(before, { title: 'b', location: 'x' })).toEqual({ title: 'b' });
  const times = { start: before.start, end: { local: '2026-02-02', zone: null } };
  expect(changesOf(before, { location: 'x', ...times })).toEqual(times);
});
