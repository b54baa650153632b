import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presentCalendarData } from './calendar-data.js';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { matches } from './comp-filter.js';
import { busyPeriods } from './free-busy.js';
import { occurrencesWithin } from './occurrences.js';
import { maskAll, maskPrivate } from './mask-private.js';
import { keepingOverrideAttachments, withoutOverrideAttachments } from './override-attachments.js';
import { withoutPlaceholderAlarm, withPlaceholderAlarm } from './placeholder-alarm.js';
import { repairCalendarData } from './repair/repair-calendar-data.js';
import { sameContent } from './same-content.js';
import { splitAlarms, withAlarms } from './user-alarms.js';
import { splitCalendar } from './split-calendar.js';
import { readTimezoneProperty } from './timezone-property.js';
import { utc } from './zone.js';

const LINES = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTIMEZONE', 'TZID:Own', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
  ...[
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:STANDARD',
    'END:VTIMEZONE',
  ],
  ...[
    'BEGIN:VEVENT',
    'UID:u',
    'DTSTART;TZID=Own:20250105T100000',
    'DTEND;TZID=Own:20250105T110000',
    'RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=5',
  ],
  ...[
    'EXDATE;TZID=Own:20250203T100000',
    'RDATE;VALUE=PERIOD:20250110T100000Z/PT1H',
    'SUMMARY;LANGUAGE="de":Text\\, more',
  ],
  ...[
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER;RELATED=END:-PT15M',
    'REPEAT:2',
    'DURATION:PT5M',
    'END:VALARM',
    'END:VEVENT',
  ],
  ...[
    'BEGIN:VEVENT',
    'UID:u',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20250303T080000Z',
    'DTSTART:20250304T080000Z',
    'END:VEVENT',
    'END:VCALENDAR',
  ],
];
const PIECES = [
  'VTODO',
  'VEVENT',
  'DUE',
  'FREQ=HOURLY',
  'UNTIL=99991231',
  'INTERVAL=999999999',
  'BYMONTHDAY=-31',
  'VALUE=DATE',
  '00000000',
  '99991231T235959',
  '-P9999W',
  '+2359',
  '"',
  ';',
  ':',
  ',',
  '/',
  '\n',
  '',
];

/** Whatever is read must also be answerable: no reader or question may throw. */
function ask(text: string): void {
  splitCalendar(text);
  readTimezoneProperty(text);
  repairCalendarData(text);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) return;
  const range = { start: 1_736_000_000, end: 1_745_000_000 };
  if (object.component === 'VEVENT') occurrencesWithin(object, range.start, range.end);
  busyPeriods(object, range, utc);
  presentCalendarData(object, { expand: range }, utc);
  presentCalendarData(object, { limitRecurrenceSet: range, limitFreebusySet: range }, utc);
  const alarm = { name: 'VALARM', timeRange: range, propFilters: [], compFilters: [] };
  const part = { name: object.component, timeRange: { start: range.start }, propFilters: [], compFilters: [alarm] };
  matches(object, { name: 'VCALENDAR', propFilters: [], compFilters: [part] }, utc);
  rewrite(text);
}

/** Whatever is read can be shown to others, without reminders or with another's, and is read again. */
function rewrite(text: string): void {
  const { content, alarms } = splitAlarms(text);
  const joined = withAlarms(content, alarms);
  const shown = [
    maskAll(text),
    maskPrivate(text),
    withPlaceholderAlarm(text),
    withoutPlaceholderAlarm(text),
    content,
    joined,
  ];
  const attached = [withoutOverrideAttachments(text), keepingOverrideAttachments(text, content)];
  for (const written of [...shown, ...attached]) {
    const again = readCalendarObject(written);
    if (isCalendarFault(again)) throw new Error(`${again.reason}\n${written}`);
  }
  if (!sameContent(text, content) || !sameContent(text, joined)) throw new Error(`not the same content: ${text}`);
}

test('no text makes a reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => ask(text)),
    { numRuns: 1000 },
  );
  expect.assertions(0);
});

test('no mutation of a calendar makes a reader or a question throw', () => {
  const text = LINES.join('\r\n');
  const mutation = fc.record({
    at: fc.nat({ max: text.length }),
    cut: fc.nat({ max: 12 }),
    piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 }), fc.constantFrom(...'0123456789')),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      let mutated = text;
      for (const { at, cut, piece } of mutations) mutated = mutated.slice(0, at) + piece + mutated.slice(at + cut);
      ask(mutated);
    }),
    { numRuns: 5000 },
  );
  expect.assertions(0);
});

test('no selection of lines makes a reader or a question throw', () => {
  fc.assert(
    fc.property(fc.subarray(LINES), (lines) => ask(lines.join('\n'))),
    { numRuns: 1000 },
  );
  expect.assertions(0);
});
