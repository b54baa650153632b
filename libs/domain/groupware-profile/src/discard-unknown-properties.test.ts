import { describe, expect, test } from 'vitest';
import { alarm, event, only, shapeLines } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';

describe('P2: what the groupware does not have is left out', () => {
  test.each([
    'GEO:1.0;2.0',
    'RESOURCES:Projector',
    'CONTACT:Ada',
    'COMMENT:c',
    'RELATED-TO:v',
    'CONFERENCE;VALUE=URI:https://example.org/room',
    'IMAGE;VALUE=URI:https://example.org/i.png',
    'X-ALT-DESC;FMTTYPE=text/html:<b>',
    'X-GOOGLE-CONFERENCE:https://example.org/',
    'X-WR-CALNAME:n',
  ])('%s', (line) => {
    const shaped = shapeLines(event(START, line));
    expect(shaped.lines).toEqual(event(START));
    const [name] = line.split(/[;:]/);
    expect(shaped.changes).toEqual([
      {
        row: 'P2',
        said: `Left out, since the groupware does not have it: ${name}.`,
        component: 'VEVENT',
        recurrenceId: null,
      },
    ]);
  });

  test('all that it has stays as it was sent', () => {
    const kept = [
      ...['DTSTAMP:20260101T000000Z', 'CREATED:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'SEQUENCE:1'],
      ...['SUMMARY;LANGUAGE=en:s', 'DESCRIPTION;ALTREP="cid:x":d', 'LOCATION:l', START, 'DTEND:20260105T100000Z'],
      ...['RRULE:FREQ=DAILY', 'RDATE:20260110T110000Z', 'EXDATE:20260107T090000Z', 'CATEGORIES:a,b', 'CLASS:PUBLIC'],
      ...['STATUS:CONFIRMED', 'TRANSP:OPAQUE', 'PRIORITY:5', 'ORGANIZER;CN=Ada:mailto:ada@example.org', 'COLOR:red'],
      'ATTENDEE;CN="B";X-NUM-GUESTS=0;PARTSTAT=ACCEPTED;SCHEDULE-STATUS=1.1:mailto:b@example.org',
      'ATTACH;MANAGED-ID=1;FILENAME=a.txt;X-ANY=1:https://example.org/a',
      'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
      'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=Street;X-TITLE=t:geo:1.0,2.0',
      'X-CALENDARSERVER-PRIVATE-COMMENT:c',
      'X-MOZ-GENERATION:3',
      ...alarm('TRIGGER:-PT5M', 'DESCRIPTION:d', 'UID:a', 'X-WR-ALARMUID:a', 'ACKNOWLEDGED:20260101T000000Z'),
    ];
    expect(shapeLines(event(...kept)).isSame).toBe(true);
  });

  test('parameters of nobody known go, those of people and attachments stay', () => {
    const shaped = shapeLines(
      event('DTSTART;X-VOBJ-FLOATINGTIME-ALLOWED=TRUE;VALUE=DATE:20260105', 'SUMMARY;X-A="b:c":s'),
    );
    expect(shaped.lines).toEqual(event('DTSTART;VALUE=DATE:20260105', 'SUMMARY:s'));
    expect(shaped.changes[0]?.said).toContain('DTSTART;X-VOBJ-FLOATINGTIME-ALLOWED, SUMMARY;X-A.');
  });

  test('components other than VALARM go, and VTIMEZONEs stay as they are', () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Own', 'X-LIC-LOCATION:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
      ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
    ];
    const place = ['BEGIN:VLOCATION', 'UID:l', 'END:VLOCATION'];
    const start = 'DTSTART;TZID=Own:20260105T090000';
    const lines = [
      ...zone,
      'BEGIN:X-EXTRA',
      'X-A:1',
      'END:X-EXTRA',
      ...event(start, ...place, ...alarm('TRIGGER:-PT5M', ...place)),
    ];
    const shaped = shapeLines(lines);
    expect(shaped.lines).toEqual([...zone, ...event(start, ...alarm('TRIGGER:-PT5M'))]);
    expect(shaped.changes.map(({ component }) => component)).toEqual(['VCALENDAR', 'VEVENT']);
  });

  test('properties of the calendar go, but for those that clients need', () => {
    const shaped = shapeLines([
      'PRODID:-//x',
      'X-WR-CALNAME:n',
      'NAME:n',
      'X-CALENDARSERVER-ACCESS:PUBLIC',
      ...event(START),
    ]);
    expect(shaped.lines).toEqual(['PRODID:-//x', 'X-CALENDARSERVER-ACCESS:PUBLIC', ...event(START)]);
  });

  test('in overrides as in the master', () => {
    const override = event('RECURRENCE-ID:20260106T090000Z', START, 'GEO:1;2');
    const shaped = shapeLines([...event(START, 'RRULE:FREQ=DAILY'), ...override], { rulesOff: only('P2') });
    expect(shaped.changes).toMatchObject([{ recurrenceId: '20260106T090000Z' }]);
  });

  test('a VJOURNAL stays whole, and so does everything in standard', () => {
    const journal = ['X-WR-CALNAME:n', 'BEGIN:VJOURNAL', 'UID:u', 'COMMENT:c', 'END:VJOURNAL'];
    expect(shapeLines(journal).isSame).toBe(true);
    expect(shapeLines(event(START, 'GEO:1;2'), { profile: 'standard' }).isSame).toBe(true);
  });
});
