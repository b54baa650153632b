import { expect, it } from 'vitest';
import { movedTimes } from './moved-times.js';

const at = (local: string, zone: string | null) => ({ local, zone });
const event = { start: '2026-03-11T09:00:00', end: '2026-03-11T10:00:00' };
const to = { start: '2026-03-12T15:00:00', end: '2026-03-12T16:00:00', event };

it('an appointment stays in its own zones', () => {
  const was = { start: at('2026-03-11T04:00:00', 'America/New_York'), end: at('2026-03-11T10:00:00', 'Europe/Berlin') };
  expect(movedTimes(was, to, 'Europe/Berlin')).toEqual({
    start: at('2026-03-12T10:00:00', 'America/New_York'),
    end: at('2026-03-12T16:00:00', 'Europe/Berlin'),
  });
});

it('one in a zone that only its object knows goes as far as it was dragged', () => {
  const zone = 'Customized Time Zone';
  const was = { start: at('2026-03-11T13:30:00', zone), end: at('2026-03-11T14:30:00', zone) };
  expect(movedTimes(was, to, 'Europe/Berlin')).toEqual({
    start: at('2026-03-12T19:30:00', zone),
    end: at('2026-03-12T20:30:00', zone),
  });
});

it('a floating one stays floating', () => {
  const was = { start: at('2026-03-11T09:00:00', null), end: null };
  expect(movedTimes(was, to, 'Europe/Berlin')).toEqual({ start: at(to.start, null), end: at(to.end, null) });
});

it('a day that becomes a time is one of the grid, and a time that becomes a day has no zone', () => {
  const days = { start: at('2026-03-11', null), end: at('2026-03-12', null) };
  expect(movedTimes(days, to, 'UTC')).toEqual({ start: at(to.start, 'UTC'), end: at(to.end, 'UTC') });
  const times = { start: at('2026-03-11T09:00:00', 'UTC'), end: at('2026-03-11T10:00:00', 'UTC') };
  const wholeDay = { start: '2026-03-12', end: '2026-03-13', event };
  expect(movedTimes(times, wholeDay, 'UTC').start).toEqual(at('2026-03-12', null));
});
