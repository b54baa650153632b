import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event, todo } from '../support/calendar-data.js';
import type { DavAnswer } from '../support/dav-client.js';
import { hrefsIn, refusal } from './dav-xml.js';
import { calendarWith, newCalendar, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await calendarWith(tested.dav, { 'held.ics': event('held') });
});

const put = (
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  url = `${calendar}x.ics`,
): Promise<DavAnswer> => tested.dav('PUT', url, { headers: { 'content-type': 'text/calendar', ...headers }, body });

/** What is refused has left nothing behind. */
async function expectRefused(answer: DavAnswer, told: string): Promise<void> {
  expect(refusal(answer)).toBe(told);
  expect(answer.headers['content-type']).toMatch(/^application\/xml/);
  expect((await tested.dav('GET', `${calendar}x.ics`)).status).toBe(404);
}

describe('supported-calendar-data (RFC 4791 5.3.2.1)', () => {
  it.each([
    'application/json',
    'text/html',
    'text/vcard',
    'application/xml',
    'application/calendar+json',
    'text/calendar; charset=iso-8859-1',
  ])('Content-Type: %s', async (type) =>
    expectRefused(await put(event('x'), { 'content-type': type }), '403 c:supported-calendar-data'),
  );
});

describe('valid-calendar-data', () => {
  const lines = (...inside: string[]) => event('x', inside);
  it.each([
    ['nothing at all', ''],
    ['no iCalendar', 'hello'],
    ['HTML', '<html></html>'],
    ['a component that is not ended', event('x').replace('END:VEVENT\r\n', '')],
    ['something after the end', `${event('x')}more`],
    ['two calendars', event('x') + event('x')],
    ['iCalendar 1.0', event('x').replace('VERSION:2.0', 'VERSION:1.0')],
    ['another calendar scale', event('x').replace('VERSION:2.0', 'VERSION:2.0\r\nCALSCALE:HEBREW')],
    ['no UID', event('x').replace('UID:x\r\n', '')],
    ['an empty UID', event('x').replace('UID:x', 'UID:')],
    ['two UIDs', lines('UID:y')],
    ['no DTSTART', event('x').replace('DTSTART:20261124T100000Z\r\n', '')],
    ['two DTSTARTs', lines('DTSTART:20260101T000000Z', 'DTSTART:20260102T000000Z')],
    ['a day that does not exist', lines('DTSTART:20260230T100000Z')],
    ['a time that does not exist', lines('DTSTART:20260201T250000Z')],
    ['a rule that is none', lines('RRULE:FREQ=OFTEN')],
    ['a rule with UNTIL and COUNT', lines('RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z')],
    ['a duration that is none', lines('DTSTART:20260202T100000Z', 'DURATION:1 hour')],
    ['a line without a value', lines('SUMMARY')],
  ])('%s', async (_what, body) => expectRefused(await put(body), '403 c:valid-calendar-data'));

  it('octets that are no UTF-8', async () => {
    const octets = Buffer.from(event('x', ['SUMMARY:B\u00fcro']), 'latin1');
    await expectRefused(await put(octets), '403 c:valid-calendar-data');
  });
});

describe('valid-calendar-object-resource (RFC 4791 4.1)', () => {
  const inner = (text: string) => text.split('\r\n').slice(3, -2);
  it.each([
    ['an event and a task', ics([...inner(event('x')), ...inner(todo('x'))])],
    ['two UIDs', ics([...inner(event('x')), ...inner(event('y'))])],
    ['no component', ics([])],
    [
      'a time zone alone',
      ics([
        'BEGIN:VTIMEZONE',
        'TZID:a',
        'BEGIN:STANDARD',
        'DTSTART:19700101T000000',
        'TZOFFSETFROM:+0000',
        'TZOFFSETTO:+0000',
        'END:STANDARD',
        'END:VTIMEZONE',
      ]),
    ],
    ['two masters of one UID', ics([...inner(event('x')), ...inner(event('x'))])],
    [
      'one instance overridden twice',
      ics([
        ...inner(event('x', ['RRULE:FREQ=DAILY'])),
        ...inner(event('x', ['RECURRENCE-ID:20261125T100000Z'])),
        ...inner(event('x', ['RECURRENCE-ID:20261125T100000Z'])),
      ]),
    ],
  ])('%s', async (_what, body) => expectRefused(await put(body), '403 c:valid-calendar-object-resource'));

  it('overrides without their master are let in', async () => {
    expect((await put(event('lone', ['RECURRENCE-ID:20261125T100000Z']), {}, `${calendar}lone.ics`)).status).toBe(201);
  });
});

describe('faults that real clients are known for are mended, and the answer bears no ETag (RFC 4791 5.3.4)', () => {
  const lines = (...inside: string[]) => event('x', inside);
  it.each([
    ['no VERSION', event('x').replace('VERSION:2.0\r\n', ''), event('x')],
    ['METHOD', event('x').replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:REQUEST'), event('x')],
    [
      'DTEND before DTSTART',
      lines('DTSTART:20260202T100000Z', 'DTEND:20260202T090000Z'),
      lines('DTSTART:20260202T100000Z'),
    ],
    [
      'a date and a time',
      lines('DTSTART;VALUE=DATE:20260202', 'DTEND:20260203T090000Z'),
      lines('DTSTART;VALUE=DATE:20260202', 'DTEND;VALUE=DATE:20260204'),
    ],
    [
      'DTEND and DURATION',
      lines('DTSTART:20260202T100000Z', 'DTEND:20260202T110000Z', 'DURATION:PT1H'),
      lines('DTSTART:20260202T100000Z', 'DTEND:20260202T110000Z'),
    ],
    ['an alarm without TRIGGER', lines('BEGIN:VALARM', 'ACTION:DISPLAY', 'END:VALARM'), event('x')],
  ])('%s', async (_what, sent, mended) => {
    const url = `${await newCalendar(tested.dav)}x.ics`;
    const answer = await put(sent, {}, url);
    expect([answer.status, answer.headers.etag]).toEqual([201, undefined]);
    expect((await tested.dav('GET', url)).body).toBe(mended);
  });
});

describe('supported-calendar-component', () => {
  it('a task in a calendar of events, an event in a folder of tasks', async () => {
    expect(refusal(await put(todo('x'), {}, `${tested.calendar}x.ics`))).toBe('403 c:supported-calendar-component');
    expect(refusal(await put(event('x'), {}, `${tested.tasks}x.ics`))).toBe('403 c:supported-calendar-component');
  });

  it('a component that no collection takes', async () => {
    const body = ics(['BEGIN:VAVAILABILITY', 'UID:x', 'DTSTAMP:20260101T000000Z', 'END:VAVAILABILITY']);
    await expectRefused(await put(body), '403 c:supported-calendar-component');
  });
});

describe('no-uid-conflict', () => {
  it('the UID of another member is refused, and the answer names that member', async () => {
    const answer = await put(event('held'));
    await expectRefused(answer, '403 c:no-uid-conflict');
    expect(hrefsIn(answer.xml())).toEqual([`${calendar}held.ics`]);
  });

  it('another UID in place of that of the member is refused', async () => {
    expect(refusal(await put(event('other'), {}, `${calendar}held.ics`))).toBe('403 c:no-uid-conflict');
  });

  it('holds within a collection; another collection may have the UID', async () => {
    const other = await newCalendar(tested.dav);
    expect((await put(event('held'), {}, `${other}held.ics`)).status).toBe(201);
  });

  it('UIDs are compared by octets, also when they look alike', async () => {
    expect((await put(event('HELD'), {}, `${calendar}upper.ics`)).status).toBe(201);
  });

  it('a UID is free again when its member is deleted', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('u') });
    await tested.dav('DELETE', `${url}a.ics`);
    expect((await put(event('u'), {}, `${url}b.ics`)).status).toBe(201);
  });
});

describe('max-resource-size', () => {
  const large = event('x', [`DESCRIPTION:${'x'.repeat(1_100_000)}`]);

  it('a larger body, with Content-Length', async () => expectRefused(await put(large), '403 c:max-resource-size'));

  it('a larger body that comes in chunks', async () => {
    const url = `${tested.service.url}${calendar}x.ics`;
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.length; at += 65_536) controller.enqueue(Buffer.from(large.slice(at, at + 65_536)));
        controller.close();
      },
    });
    const authorization = `Basic ${btoa('user01:user01')}`;
    const init = { method: 'PUT', headers: { authorization, 'content-type': 'text/calendar' }, body, duplex: 'half' };
    const answer = await fetch(url, init as RequestInit);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('max-resource-size')]);
    expect((await tested.dav('GET', `${calendar}x.ics`)).status).toBe(404);
  });

  it('the limit is that of the property (RFC 4791 5.2.5)', async () => {
    const answer = await tested.dav('PROPFIND', calendar, {
      headers: { depth: '0' },
      body: '<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:max-resource-size/></d:prop></d:propfind>',
    });
    expect(answer.body).toContain('<c:max-resource-size>1048576</c:max-resource-size>');
    const fitting = event('exact').length + 'DESCRIPTION:\r\n'.length;
    const exact = event('exact', [`DESCRIPTION:${'x'.repeat(1_048_576 - fitting)}`]);
    expect(Buffer.byteLength(exact)).toBe(1_048_576);
    expect((await put(exact, {}, `${calendar}exact.ics`)).status).toBe(201);
    expect(refusal(await put(exact.replace('DESCRIPTION:', 'DESCRIPTION:x'), {}, `${calendar}exact.ics`))).toBe(
      '403 c:max-resource-size',
    );
  });
});

it('max-attendees-per-instance', async () => {
  const attendees = Array.from({ length: 2001 }, (_, index) => `ATTENDEE:mailto:a${index}@example.org`);
  await expectRefused(await put(event('x', attendees)), '403 c:max-attendees-per-instance');
});

it('max-instances: more listed dates than are published', async () => {
  const dates = Array.from(
    { length: 5001 },
    (_, index) => `${new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10).replaceAll('-', '')}T100000Z`,
  );
  await expectRefused(await put(event('x', [`RDATE:${dates.join(',')}`])), '403 c:max-instances');
});

it('a rule that is too dense to be kept is refused: max-instances or valid-calendar-data, at once', async () => {
  const answer = await put(event('x', ['RRULE:FREQ=SECONDLY']));
  expect(refusal(answer)).toBe('403 c:max-instances');
});

it('min-date-time: a year before the earliest that is published', async () => {
  const body = event('x', ['DTSTART:00000102T000000Z']);
  expect(refusal(await put(body))).toMatch(/^403 c:(min-date-time|valid-calendar-data)$/);
});
