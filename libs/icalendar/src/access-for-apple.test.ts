import { expect, test } from 'vitest';
import { withAccessOfClass, withClassOfAccess } from './access-for-apple.js';

const calendar = (access: string, ...events: readonly (readonly string[])[]) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', ...(access === '' ? [] : [`X-CALENDARSERVER-ACCESS:${access}`])],
    ...events.flatMap((lines) => ['BEGIN:VEVENT', 'UID:u', 'DTSTART:20260105T090000Z', ...lines, 'END:VEVENT']),
    ...['END:VCALENDAR', ''],
  ].join('\r\n');

test.each(['PRIVATE', 'CONFIDENTIAL'])('V4: %s that goes to an Apple program and back is as it was', (value) => {
  const stored = calendar('', [`CLASS:${value}`]);
  expect(withAccessOfClass(stored)).toBe(calendar(value, [`CLASS:${value}`]));
  expect(withClassOfAccess(withAccessOfClass(stored))).toBe(stored);
});

test('V4: an Apple program makes private what is not, and public what was private', () => {
  expect(withClassOfAccess(calendar('CONFIDENTIAL', []))).toBe(calendar('', ['CLASS:CONFIDENTIAL']));
  expect(withClassOfAccess(calendar('PUBLIC', ['CLASS:PRIVATE'], ['CLASS:PUBLIC'], []))).toBe(
    calendar('', ['CLASS:PUBLIC'], ['CLASS:PUBLIC'], []),
  );
});

test.each([
  ['nothing said', calendar('', ['CLASS:PRIVATE'])],
  ['what CLASS cannot tell', calendar('RESTRICTED', ['CLASS:CONFIDENTIAL'])],
  ['less than CLASS says', calendar('CONFIDENTIAL', ['CLASS:PRIVATE'])],
  ['no calendar', 'PUBLIC'],
])('V4: %s: the same text', (_, sent) => {
  expect(withClassOfAccess(sent)).toBe(sent);
});
