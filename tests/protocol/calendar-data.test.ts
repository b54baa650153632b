import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event } from '../support/calendar-data.js';
import { comp, filter, range } from './calendar-queries.js';
import { dataIn, report, responses, xml } from './dav-xml.js';
import { calendarWith, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  url = await calendarWith(tested.dav, {
    'series.ics': series,
    'berlin.ics': berlin,
    'plain.ics': event('plain', ['X-OWN:1', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:PT0S', 'END:VALARM']),
  });
});

const vevent = (uid: string, ...lines: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT',
];
const series = ics([
  ...vevent(
    'series',
    'DTSTART:20260301T100000Z',
    'DTEND:20260301T110000Z',
    'RRULE:FREQ=DAILY',
    'EXDATE:20260303T100000Z',
    'SUMMARY:Master',
  ),
  ...vevent(
    'series',
    'RECURRENCE-ID:20260304T100000Z',
    'DTSTART:20260304T150000Z',
    'DTEND:20260304T160000Z',
    'SUMMARY:Moved',
  ),
  ...vevent(
    'series',
    'RECURRENCE-ID:20260401T100000Z',
    'DTSTART:20260401T150000Z',
    'DTEND:20260401T160000Z',
    'SUMMARY:Later',
  ),
]);
const berlin = ics([
  ...[
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Berlin',
    'BEGIN:DAYLIGHT',
    'DTSTART:19810329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
  ],
  ...[
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:19961027T030000',
    'TZOFFSETFROM:+0200',
  ],
  ...['TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE'],
  ...vevent('berlin', 'DTSTART;TZID=Europe/Berlin:20260328T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
]);

/** The data of one member as a query gives it; `inside` are children of calendar-data. */
async function dataOf(name: string, inside: string): Promise<string> {
  const body = xml(
    'c:calendar-multiget',
    `<d:prop><c:calendar-data>${inside}</c:calendar-data></d:prop><d:href>${url}${name}.ics</d:href>`,
  );
  const [only] = responses(await report(tested.dav, url, body));
  return dataIn(only as never);
}
const lines = (text: string, name: string) => text.split('\r\n').filter((line) => line.startsWith(name));
const expand = (start: string, end: string) => `<c:expand start="${start}" end="${end}"/>`;

describe('expand (RFC 4791 9.6.5)', () => {
  it('gives each instance in UTC with its RECURRENCE-ID, without rules, exceptions and zones', async () => {
    const text = await dataOf('series', expand('20260302T000000Z', '20260306T000000Z'));
    expect(lines(text, 'DTSTART')).toEqual([
      'DTSTART:20260302T100000Z',
      'DTSTART:20260304T150000Z',
      'DTSTART:20260305T100000Z',
    ]);
    expect(lines(text, 'RECURRENCE-ID')).toEqual([
      'RECURRENCE-ID:20260302T100000Z',
      'RECURRENCE-ID:20260304T100000Z',
      'RECURRENCE-ID:20260305T100000Z',
    ]);
    expect(lines(text, 'SUMMARY')).toEqual(['SUMMARY:Master', 'SUMMARY:Moved', 'SUMMARY:Master']);
    for (const gone of ['RRULE', 'EXDATE', 'BEGIN:VTIMEZONE']) expect(lines(text, gone)).toEqual([]);
  });

  it('takes times of a zone over a change of the clock', async () => {
    const text = await dataOf('berlin', expand('20260301T000000Z', '20260501T000000Z'));
    expect(lines(text, 'DTSTART')).toEqual([
      'DTSTART:20260328T070000Z',
      'DTSTART:20260329T060000Z',
      'DTSTART:20260330T060000Z',
    ]);
    expect(text).not.toContain('TZID');
  });

  it('leaves what does not recur as it is, without a RECURRENCE-ID', async () => {
    const text = await dataOf('plain', expand('20260101T000000Z', '20270101T000000Z'));
    expect([lines(text, 'UID'), lines(text, 'RECURRENCE-ID'), lines(text, 'X-OWN')]).toEqual([
      ['UID:plain'],
      [],
      ['X-OWN:1'],
    ]);
  });

  it('an endless series far away is still quick and right', async () => {
    const text = await dataOf('series', expand('20600101T000000Z', '20600103T000000Z'));
    expect(lines(text, 'DTSTART')).toEqual(['DTSTART:20600101T100000Z', 'DTSTART:20600102T100000Z']);
  });

  it('an endless series over all of time does not make an answer without bounds: it is refused, or cut at max-instances (7.8, 5.2.8)', async () => {
    const all = expand('00010101T000000Z', '99991231T235959Z');
    const body = xml('c:calendar-query', `<d:prop><c:calendar-data>${all}</c:calendar-data></d:prop>${filter('')}`);
    const answer = await report(tested.dav, url, body);
    expect([207, 403, 507]).toContain(answer.status);
    expect(answer.body.match(/BEGIN:VEVENT/g)?.length ?? 0).toBeLessThanOrEqual(3 * 5000);
  });

  it('together with a time-range filter', async () => {
    const [start, end] = ['20260304T000000Z', '20260305T000000Z'];
    const body = xml(
      'c:calendar-query',
      `<d:prop><c:calendar-data>${expand(start, end)}</c:calendar-data></d:prop>${filter(comp('VEVENT', range(start, end)))}`,
    );
    const [only, ...others] = responses(await report(tested.dav, url, body));
    expect([only?.href, others]).toEqual([`${url}series.ics`, []]);
    expect(lines(dataIn(only as never), 'SUMMARY')).toEqual(['SUMMARY:Moved']);
  });

  it.each([
    ['no end', '<c:expand start="20260101T000000Z"/>'],
    ['an end before the start', expand('20260102T000000Z', '20260101T000000Z')],
    ['no UTC', expand('20260101T000000', '20260102T000000')],
    [
      'limit-recurrence-set beside it',
      `${expand('20260101T000000Z', '20260102T000000Z')}<c:limit-recurrence-set start="20260101T000000Z" end="20260102T000000Z"/>`,
    ],
  ])('with %s: 400', async (_what, inside) => {
    const body = xml('c:calendar-query', `<d:prop><c:calendar-data>${inside}</c:calendar-data></d:prop>${filter('')}`);
    expect((await report(tested.dav, url, body)).status).toBe(400);
  });
});

describe('limit-recurrence-set (RFC 4791 9.6.6)', () => {
  const limited = (start: string, end: string) =>
    dataOf('series', `<c:limit-recurrence-set start="${start}" end="${end}"/>`);

  it('keeps the master and the overrides that are or would be in the range', async () => {
    const text = await limited('20260304T000000Z', '20260305T000000Z');
    expect(lines(text, 'SUMMARY')).toEqual(['SUMMARY:Master', 'SUMMARY:Moved']);
    expect(lines(text, 'RRULE')).toEqual(['RRULE:FREQ=DAILY']);
  });

  it('an override counts by its old place, too', async () => {
    expect(lines(await limited('20260304T100000Z', '20260304T103000Z'), 'SUMMARY')).toEqual([
      'SUMMARY:Master',
      'SUMMARY:Moved',
    ]);
  });

  it('outside of all overrides there is the master alone', async () => {
    expect(lines(await limited('20270101T000000Z', '20270102T000000Z'), 'SUMMARY')).toEqual(['SUMMARY:Master']);
  });
});

describe('parts of the data (RFC 4791 9.6.1–9.6.4)', () => {
  const part = (inside: string) =>
    `<c:comp name="VCALENDAR"><c:prop name="VERSION"/><c:comp name="VEVENT">${inside}</c:comp></c:comp>`;

  it('the properties that are named, and no others', async () => {
    const text = await dataOf('plain', part('<c:prop name="UID"/><c:prop name="SUMMARY"/>'));
    expect(text.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:plain',
      'SUMMARY:Event plain',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('allprop without allcomp leaves the components inside out', async () => {
    const text = await dataOf('plain', part('<c:allprop/>'));
    expect([lines(text, 'X-OWN'), lines(text, 'BEGIN:VALARM')]).toEqual([['X-OWN:1'], []]);
  });

  it('allprop and allcomp give all', async () => {
    const text = await dataOf('plain', '<c:comp name="VCALENDAR"><c:allprop/><c:allcomp/></c:comp>');
    expect(text).toBe(event('plain', ['X-OWN:1', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:PT0S', 'END:VALARM']));
  });

  it('novalue gives the name without the value (9.6.4)', async () => {
    const text = await dataOf('plain', part('<c:prop name="SUMMARY" novalue="yes"/>'));
    expect(lines(text, 'SUMMARY')).toEqual(['SUMMARY:']);
  });

  it('an empty calendar-data gives the octets as stored', async () => {
    expect(await dataOf('series', '')).toBe(series);
  });
});
