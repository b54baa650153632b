import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event, todo } from '../support/calendar-data.js';
import { davClient } from '../support/dav-client.js';
import { fixedZone, range } from './calendar-queries.js';
import { proppatch, refusal, report, set, xml } from './dav-xml.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const answer = (url: string, inside: string, depth = '1') =>
  report(tested.dav, url, xml('c:free-busy-query', inside), { depth });

/** The FREEBUSY lines of the answer. */
async function busy(url: string, start: string, end: string, depth = '1'): Promise<readonly string[]> {
  const { status, headers, body } = await answer(url, range(start, end), depth);
  expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/calendar/)]);
  return body
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter((line) => line.startsWith('FREEBUSY'));
}

const at = (start: string, end: string, ...more: string[]) => [
  `DTSTART:20260310T${start}00Z`,
  `DTEND:20260310T${end}00Z`,
  ...more,
];
const day = (url: string) => busy(url, '20260310T000000Z', '20260311T000000Z');
const period = (type: string, start: string, end: string) =>
  `FREEBUSY;FBTYPE=${type}:20260310T${start}00Z/20260310T${end}00Z`;

describe('free-busy-query (RFC 4791 7.10)', () => {
  it('is one VFREEBUSY of the asked range, with UID, DTSTAMP, DTSTART and DTEND', async () => {
    const { body } = await answer(await newCalendar(tested.dav), range('20260310T000000Z', '20260311T000000Z'));
    const lines = body.split('\r\n');
    expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
    expect(lines).toEqual(
      expect.arrayContaining(['VERSION:2.0', 'BEGIN:VFREEBUSY', 'DTSTART:20260310T000000Z', 'DTEND:20260311T000000Z']),
    );
    expect(body).toMatch(/^UID:.+\r$/m);
    expect(body).toMatch(/^DTSTAMP:\d{8}T\d{6}Z\r$/m);
    expect(body).toMatch(/^PRODID:.+\r$/m);
  });

  it.each([
    ['CONFIRMED', ['STATUS:CONFIRMED'], ['BUSY']],
    ['no STATUS', [], ['BUSY']],
    ['TENTATIVE', ['STATUS:TENTATIVE'], ['BUSY-TENTATIVE']],
    ['CANCELLED', ['STATUS:CANCELLED'], []],
    ['TRANSPARENT', ['TRANSP:TRANSPARENT'], []],
    ['OPAQUE', ['TRANSP:OPAQUE'], ['BUSY']],
    ['TRANSPARENT and TENTATIVE', ['TRANSP:TRANSPARENT', 'STATUS:TENTATIVE'], []],
  ])('%s', async (what, lines, types) => {
    const url = await calendarWith(tested.dav, { 'a.ics': event(what, at('1000', '1100', ...lines)) });
    expect(await day(url)).toEqual(types.map((type) => period(type, '1000', '1100')));
  });

  it('tasks, and events without length, are no busy time; DURATION is', async () => {
    const url = await calendarWith(tested.dav, {
      'task.ics': todo('task', ['DTSTART:20260310T100000Z', 'DUE:20260310T110000Z']),
      'point.ics': event('point', ['DTSTART:20260310T120000Z']),
      'long.ics': event('long', ['DTSTART:20260310T140000Z', 'DURATION:PT90M']),
    });
    expect(await day(url)).toEqual([period('BUSY', '1400', '1530')]);
  });

  it('periods that overlap or touch are one, each type by itself, in order', async () => {
    const url = await calendarWith(tested.dav, {
      'd.ics': event('d', at('1500', '1600')),
      'a.ics': event('a', at('1000', '1100')),
      'b.ics': event('b', at('1030', '1130')),
      'c.ics': event('c', at('1130', '1200')),
      't.ics': event('t', at('1100', '1300', 'STATUS:TENTATIVE')),
    });
    expect(await day(url)).toEqual([
      period('BUSY', '1000', '1200'),
      period('BUSY', '1500', '1600'),
      period('BUSY-TENTATIVE', '1100', '1300'),
    ]);
  });

  it('periods are cut at the edges of the range', async () => {
    const url = await calendarWith(tested.dav, {
      'a.ics': event('a', ['DTSTART:20260309T000000Z', 'DTEND:20260312T000000Z']),
    });
    expect(await busy(url, '20260310T100000Z', '20260310T110000Z')).toEqual([period('BUSY', '1000', '1100')]);
    expect(await busy(url, '20260312T000000Z', '20260313T000000Z')).toEqual([]);
  });

  it('series: instances, exceptions, moved and cancelled overrides; the far future', async () => {
    const vevent = (...lines: string[]) => [
      'BEGIN:VEVENT',
      'UID:s',
      'DTSTAMP:20260101T000000Z',
      ...lines,
      'END:VEVENT',
    ];
    const url = await calendarWith(tested.dav, {
      's.ics': ics([
        ...vevent('DTSTART:20260308T100000Z', 'DTEND:20260308T110000Z', 'RRULE:FREQ=DAILY', 'EXDATE:20260309T100000Z'),
        ...vevent('RECURRENCE-ID:20260310T100000Z', 'DTSTART:20260310T150000Z', 'DTEND:20260310T160000Z'),
        ...vevent(
          'RECURRENCE-ID:20260311T100000Z',
          'DTSTART:20260311T100000Z',
          'DTEND:20260311T110000Z',
          'STATUS:CANCELLED',
        ),
      ]),
    });
    expect(await busy(url, '20260308T000000Z', '20260313T000000Z')).toEqual([
      'FREEBUSY;FBTYPE=BUSY:20260308T100000Z/20260308T110000Z',
      period('BUSY', '1500', '1600'),
      'FREEBUSY;FBTYPE=BUSY:20260312T100000Z/20260312T110000Z',
    ]);
    expect(await busy(url, '20600101T000000Z', '20600102T000000Z')).toEqual([
      'FREEBUSY;FBTYPE=BUSY:20600101T100000Z/20600101T110000Z',
    ]);
  });

  it('an endless series over all of time does not make an answer without bounds', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a', at('1000', '1100', 'RRULE:FREQ=DAILY')) });
    const { status, body } = await answer(url, range('00010101T000000Z', '99991231T235959Z'));
    expect([200, 403, 507]).toContain(status);
    expect(body.length).toBeLessThan(5_000_000);
  });

  it("whole days and floating times are seen in the collection's time zone (7.3)", async () => {
    const url = await calendarWith(
      tested.dav,
      {
        'a.ics': event('a', ['DTSTART;VALUE=DATE:20260310']),
        'f.ics': event('f', ['DTSTART:20260312T100000', 'DTEND:20260312T110000']),
      },
      `<c:calendar-timezone>${fixedZone('+0900')}</c:calendar-timezone>`,
    );
    expect(await busy(url, '20260308T000000Z', '20260313T000000Z')).toEqual([
      'FREEBUSY;FBTYPE=BUSY:20260309T150000Z/20260310T150000Z',
      'FREEBUSY;FBTYPE=BUSY:20260312T010000Z/20260312T020000Z',
    ]);
  });

  it('listed VFREEBUSY data is no precondition: an object of one cannot be put into a calendar of events', async () => {
    const body = ics([
      'BEGIN:VFREEBUSY',
      'UID:x',
      'DTSTAMP:20260101T000000Z',
      'FREEBUSY:20260310T100000Z/PT1H',
      'END:VFREEBUSY',
    ]);
    expect(refusal(await tested.dav('PUT', `${tested.calendar}fb.ics`, { body }))).toBe(
      '403 c:supported-calendar-component',
    );
  });
});

describe('scope (RFC 4791 7.10, RFC 6638 9.1)', () => {
  it('a home with Depth: infinity joins all its calendars, but those that are transparent', async () => {
    const own = await testedService();
    const dav = davClient(own.service.url);
    const one = await calendarWith(dav, { 'a.ics': event('a', at('1000', '1100')) });
    const two = await calendarWith(dav, { 'b.ics': event('b', at('1030', '1200')) });
    const told = async () => {
      const body = xml('c:free-busy-query', range('20260310T000000Z', '20260311T000000Z'));
      return (await report(dav, '/calendars/user01/', body, { depth: 'infinity' })).body;
    };
    expect(await told()).toContain(period('BUSY', '1000', '1200'));
    await proppatch(dav, two, set('<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>'));
    expect(await told()).toContain(period('BUSY', '1000', '1100'));
    expect(
      (await report(dav, two, xml('c:free-busy-query', range('20260310T000000Z', '20260311T000000Z')))).body,
    ).toContain(period('BUSY', '1030', '1200'));
    expect(one).not.toBe(two);
  });

  it('of another user: 404, as there is nothing (S4)', async () => {
    expect((await answer('/calendars/user02/', range('20260310T000000Z', '20260311T000000Z'), 'infinity')).status).toBe(
      404,
    );
  });

  it.each([
    ['no range', ''],
    ['no end', '<c:time-range start="20260310T000000Z"/>'],
    ['no start', '<c:time-range end="20260310T000000Z"/>'],
    ['an end before the start', range('20260311T000000Z', '20260310T000000Z')],
    ['no length', range('20260310T000000Z', '20260310T000000Z')],
    ['no UTC', range('20260310T000000', '20260311T000000')],
  ])('%s: 400', async (_what, inside) => {
    expect((await answer(tested.calendar, inside)).status).toBe(400);
  });

  it('a deleted event is busy no more', async () => {
    const url = await newCalendar(tested.dav);
    await put(tested.dav, `${url}a.ics`, event('a', at('1000', '1100')));
    expect(await day(url)).toHaveLength(1);
    await tested.dav('DELETE', `${url}a.ics`);
    expect(await day(url)).toEqual([]);
  });
});
