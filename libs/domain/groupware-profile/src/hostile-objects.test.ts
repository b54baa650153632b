import { splitAlarms, withAlarms } from '@almanac/icalendar';
import { expect, test } from 'vitest';
import { shapeObject } from './shape-object.js';
import { alarm, contentOf, event } from './testing/shape-lines.js';

const COUNT = 3000;
const START = 'DTSTART:20260105T090000Z';
const stamp = (day: number) => new Date(Date.UTC(2026, 0, 5 + day, 9)).toISOString().replace(/[-:]|\.000/g, '');
const many = <T>(make: (index: number) => T) => Array.from({ length: COUNT }, (_, index) => make(index));
const snooze = (day: number) => `X-MOZ-SNOOZE-TIME-${Date.UTC(2026, 0, 5 + day, 9)}000:20990101T000000Z`;
const put = (day: number) => alarm(`RELATED-TO;RELTYPE=SNOOZE:a`, `TRIGGER;VALUE=DATE-TIME:${stamp(day)}`);

const objects: readonly (readonly [string, readonly string[]])[] = [
  [
    'exceptions, each with all faults',
    [
      ...event(START, 'RRULE:FREQ=DAILY', 'X-MOZ-LASTACK:20260101T000000Z', ...many(snooze), ...alarm('TRIGGER:-PT5M')),
      ...many((day) =>
        event(`RECURRENCE-ID:${stamp(day)}`, START, 'GEO:1;2', 'URL:x', ...alarm('TRIGGER:PT5M')),
      ).flat(),
    ],
  ],
  [
    'snoozes in one component',
    event(
      START,
      'RRULE:FREQ=HOURLY',
      'X-MOZ-LASTACK:20260101T000000Z',
      ...alarm('TRIGGER:-PT5M', 'UID:a'),
      ...many(put).flat(),
    ),
  ],
  ['unknown names', event(START, ...many((index) => `X-A${index}:1`))],
];

test.each(objects)('thousands of %s cost a moment, and little is told of them', (_, lines) => {
  const sent = contentOf(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
  const begun = performance.now();
  for (const profile of ['groupware', 'standard'] as const) {
    const { changes } = shapeObject({ profile, rulesOff: [] }, sent, null);
    expect(JSON.stringify(changes).length).toBeLessThan(40_000);
  }
  const { content, alarms } = splitAlarms(sent.text);
  withAlarms(content, alarms);
  expect(performance.now() - begun).toBeLessThan(3000);
});
