import { expect, it } from 'vitest';
import { splitFile } from './split-file.js';

const event = (uid: string, ...more: readonly string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...more, 'END:VEVENT'];
const file = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const zone = ['BEGIN:VTIMEZONE', 'TZID:X', 'BEGIN:STANDARD', 'END:STANDARD', 'END:VTIMEZONE'];

it('a small file goes as it is', () => {
  const text = file(...event('a'));
  expect(splitFile(text)).toEqual([text]);
});

it('a large one goes in parts with its zones, and series stay whole', () => {
  const events = Array.from({ length: 120 }, (_, index) => event(`e${index}`)).flat();
  const parts = splitFile(file(...zone, ...events, ...event('e0', 'RECURRENCE-ID:20260101')));
  expect(parts.map((part) => part.match(/BEGIN:VEVENT/g)?.length)).toEqual([51, 50, 20]);
  expect(parts[0]?.match(/UID:e0\r/g)).toHaveLength(2);
  for (const part of parts) expect(part.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
});
