import { describe, expect, it } from 'vitest';
import type { CalendarItem } from '../calendar-item.js';
import { isCalendarFault } from '../calendar-fault.js';
import { calendar, edit, now, read } from '../testing/edited.js';
import { editObject } from './edit-object.js';
import { remindersOf } from './reminders.js';

const task = (...lines: readonly string[]): string =>
  calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', ...lines, 'END:VTODO');
const alarm = (trigger: string): readonly string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', `TRIGGER${trigger}`, 'END:VALARM'],
];
const shown = (text: string) => remindersOf((read(text).series.master as CalendarItem).component);
const triggers = (text: string) => text.match(/TRIGGER.*/g);
const start = 'DTSTART:20260105T090000Z';
const due = 'DUE:20260105T170000Z';

describe('reminders of a task (RFC 5545 3.8.6.3)', () => {
  it('come before it is due, where it is; else before its start', () => {
    expect(triggers(edit(task(start, due), { reminders: [15, 0] }).text)).toEqual([
      'TRIGGER;RELATED=END:-PT15M',
      'TRIGGER;RELATED=END:PT0S',
    ]);
    expect(triggers(edit(task(due), { reminders: [15] }).text)).toEqual(['TRIGGER;RELATED=END:-PT15M']);
    expect(triggers(edit(task(start), { reminders: [15] }).text)).toEqual(['TRIGGER:-PT15M']);
  });

  it('are told and changed; those that are told from the other time stay', () => {
    const both = task(start, due, ...alarm(':-PT5M'), ...alarm(';RELATED=END:-PT1H'));
    expect(shown(both)).toEqual([60]);
    expect(triggers(edit(both, { reminders: [30] }).text)).toEqual(['TRIGGER:-PT5M', 'TRIGGER;RELATED=END:-PT30M']);
    expect(shown(task(due, ...alarm(':-PT5M')))).toEqual([5]);
    expect(triggers(edit(task(due, ...alarm(':-PT5M')), { reminders: [5] }).text)).toEqual(['TRIGGER:-PT5M']);
  });

  it('of a task that loses or gets its times come before what is left', () => {
    const both = edit(task(start, due), { reminders: [15] }).text;
    const open = edit(both, { end: null }).text;
    expect(triggers(open)).toEqual(['TRIGGER:-PT15M']);
    expect(triggers(edit(open, { end: { local: '2026-01-06', zone: null }, start: null }).text)).toEqual([
      'TRIGGER;RELATED=END:-PT15M',
    ]);
    expect(triggers(edit(open, { start: null }).text)).toBeNull();
  });

  it('need a time', () => {
    const target = { object: read(task()), recurrenceId: null, scope: 'all', now, newUid: 'x' } as const;
    expect(isCalendarFault(editObject(target, { reminders: [15] }))).toBe(true);
    expect(isCalendarFault(editObject(target, { reminders: [] }))).toBe(false);
  });
});
