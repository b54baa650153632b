import { expect, test } from 'vitest';
import { keepingOverrideAttachments, withoutOverrideAttachments } from './override-attachments.js';

const START = 'DTSTART;TZID=Europe/Berlin:20260105T090000';
const SERIES = 'ATTACH;MANAGED-ID=1:https://x/1';
const OWN = 'ATTACH;MANAGED-ID=2;FILENAME=b.txt:https://x/2';
const calendar = (...events: readonly (readonly string[])[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const master = [START, 'RRULE:FREQ=DAILY', SERIES];
const second = 'RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000';
const stored = calendar(master, [second, 'DTSTART:20260106T100000Z', OWN]);
const shown = calendar(master, [second, 'DTSTART:20260106T100000Z']);

test('A3: exceptions are shown without attachments, the series with its own', () => {
  expect(withoutOverrideAttachments(stored)).toBe(shown);
  expect(withoutOverrideAttachments(shown)).toBe(shown);
});

test('A3: what is sent back keeps them, though the instance is written in another zone', () => {
  expect(keepingOverrideAttachments(shown, stored)).toBe(stored);
  const inUtc = calendar(master, ['RECURRENCE-ID:20260106T080000Z', 'DTSTART:20260106T110000Z']);
  const kept = calendar(master, ['RECURRENCE-ID:20260106T080000Z', 'DTSTART:20260106T110000Z', OWN]);
  expect(keepingOverrideAttachments(inUtc, stored)).toBe(kept);
  expect(keepingOverrideAttachments(kept, stored)).toBe(kept);
});

test('A3: an exception made anew has none of its own, those of the series are as sent', () => {
  const third = ['RECURRENCE-ID:20260107T080000Z', 'DTSTART:20260107T110000Z'];
  const changed = [START, 'RRULE:FREQ=DAILY'];
  expect(keepingOverrideAttachments(calendar(changed, [...third, SERIES]), stored)).toBe(calendar(changed, third));
});

test('A3: the very same text where nothing is stored or nothing can be read', () => {
  for (const before of [null, 'x']) expect(keepingOverrideAttachments(shown, before)).toBe(shown);
  expect(keepingOverrideAttachments('x', stored)).toBe('x');
  expect(withoutOverrideAttachments('x')).toBe('x');
});
