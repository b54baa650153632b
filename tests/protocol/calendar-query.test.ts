import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { comp, eventsWithin, filter, fixedZone, found, query, range } from './calendar-queries.js';
import { byText, dataIn, props, refusal, report, responses, xml } from './dav-xml.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  const attendee = 'ATTENDEE;PARTSTAT=NEEDS-ACTION;CN="Ann, B":mailto:ann@example.org';
  url = await calendarWith(tested.dav, {
    'plain.ics': event('plain', ['SUMMARY:Weekly Review']),
    'office.ics': event('office', [
      'SUMMARY:BÜRO Straße',
      'LOCATION:Room\\, 2',
      'CATEGORIES:WORK,Home',
      'CLASS:PRIVATE',
    ]),
    'invited.ics': event('invited', ['SUMMARY:lunch', attendee, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@example.org']),
    'alarmed.ics': event('alarmed', ['SUMMARY:alarmed', 'BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:PT0S', 'END:VALARM']),
    'task.ics': todo('task', ['STATUS:NEEDS-ACTION']),
    'done.ics': todo('done', ['STATUS:COMPLETED', 'COMPLETED:20260201T000000Z']),
  });
});

const where = (inside: string) => found(tested.dav, url, filter(inside));
const text = (name: string, value: string, attributes = '') =>
  `<c:prop-filter name="${name}"><c:text-match${attributes}>${value}</c:text-match></c:prop-filter>`;
const absent = (name: string) => `<c:prop-filter name="${name}"><c:is-not-defined/></c:prop-filter>`;

describe('components (RFC 4791 9.7.1)', () => {
  it('a component, any, none, one inside another, and one that is not there', async () => {
    expect(await where(comp('VEVENT'))).toEqual(['alarmed', 'invited', 'office', 'plain']);
    expect(await where(comp('VTODO'))).toEqual(['done', 'task']);
    expect(await where('')).toEqual(['alarmed', 'done', 'invited', 'office', 'plain', 'task']);
    expect(await where(comp('VJOURNAL'))).toEqual([]);
    expect(await where(comp('VEVENT', comp('VALARM')))).toEqual(['alarmed']);
    expect(await where(comp('VEVENT', comp('VALARM', '<c:is-not-defined/>')))).toEqual(['invited', 'office', 'plain']);
    expect(await where(comp('VEVENT', '<c:is-not-defined/>'))).toEqual(['done', 'task']);
    expect(await where(comp('vevent', comp('valarm')))).toEqual(['alarmed']);
  });

  it('several filters must all hold (9.7.1)', async () => {
    expect(await where(comp('VEVENT') + comp('VTODO'))).toEqual([]);
    expect(await where(comp('VEVENT', text('SUMMARY', 'lunch') + text('CLASS', 'PRIVATE')))).toEqual([]);
    expect(await where(comp('VEVENT', text('SUMMARY', 'straße') + text('CLASS', 'PRIVATE')))).toEqual(['office']);
    expect(
      await where(comp('VTODO', absent('COMPLETED') + text('STATUS', 'CANCELLED', ' negate-condition="yes"'))),
    ).toEqual(['task']);
  });
});

describe('properties (RFC 4791 9.7.2, 9.7.4, 9.7.5)', () => {
  it.each([
    ['is there', '<c:prop-filter name="CLASS"/>', ['office']],
    ['is not there', absent('CLASS'), ['alarmed', 'invited', 'plain']],
    ['a part of the text', text('SUMMARY', 'view'), ['plain']],
    ['case does not count by default (i;ascii-casemap)', text('SUMMARY', 'WEEKLY'), ['plain']],
    ['beyond ASCII it does', text('SUMMARY', 'büro'), []],
    ['i;octet', text('SUMMARY', 'weekly', ' collation="i;octet"'), []],
    ['i;octet of the same case', text('SUMMARY', 'Weekly', ' collation="i;octet"'), ['plain']],
    ['i;unicode-casemap', text('SUMMARY', 'büro', ' collation="i;unicode-casemap"'), ['office']],
    ['default', text('SUMMARY', 'lunch', ' collation="default"'), ['invited']],
    ['negated', text('SUMMARY', 'e', ' negate-condition="yes"'), ['invited']],
    ['an escaped comma is a comma', text('LOCATION', 'Room, 2'), ['office']],
    ['one of several values', text('CATEGORIES', 'home'), ['office']],
    ['one of several properties', text('ATTENDEE', 'bob@'), ['invited']],
    ['the name in lower case', text('summary', 'lunch'), ['invited']],
    [
      'a range of a date property',
      `<c:prop-filter name="DTSTART">${range('20261124T000000Z', '20261125T000000Z')}</c:prop-filter>`,
      ['alarmed', 'invited', 'office', 'plain'],
    ],
    [
      'a range outside',
      `<c:prop-filter name="DTSTAMP">${range('20250101T000000Z', '20251231T000000Z')}</c:prop-filter>`,
      [],
    ],
  ])('%s', async (_what, inside, names) => {
    expect(await where(comp('VEVENT', inside))).toEqual(names);
  });

  it.each([
    [
      'with a value',
      '<c:param-filter name="PARTSTAT"><c:text-match>ACCEPTED</c:text-match></c:param-filter>',
      ['invited'],
    ],
    [
      'quoted, with a comma',
      '<c:param-filter name="CN"><c:text-match>ann, b</c:text-match></c:param-filter>',
      ['invited'],
    ],
    ['another value', '<c:param-filter name="PARTSTAT"><c:text-match>DECLINED</c:text-match></c:param-filter>', []],
    ['is there', '<c:param-filter name="CN"/>', ['invited']],
    ['is not there', '<c:param-filter name="CN"><c:is-not-defined/></c:param-filter>', ['invited']],
    ['never there', '<c:param-filter name="ROLE"/>', []],
  ])('a parameter %s (9.7.3)', async (_what, inside, names) => {
    expect(await where(comp('VEVENT', `<c:prop-filter name="ATTENDEE">${inside}</c:prop-filter>`))).toEqual(names);
  });

  it('text and parameter must fit the same property', async () => {
    const both = (mail: string) =>
      `<c:prop-filter name="ATTENDEE"><c:text-match>${mail}</c:text-match><c:param-filter name="PARTSTAT"><c:text-match>NEEDS-ACTION</c:text-match></c:param-filter></c:prop-filter>`;
    expect(await where(comp('VEVENT', both('ann@')))).toEqual(['invited']);
    expect(await where(comp('VEVENT', both('bob@')))).toEqual([]);
  });
});

describe('queries that are refused (RFC 4791 7.8)', () => {
  it.each([
    ['no filter', ''],
    ['an empty filter', '<c:filter/>'],
    ['another outermost component', '<c:filter><c:comp-filter name="VEVENT"/></c:filter>'],
    [
      'two outermost filters',
      '<c:filter><c:comp-filter name="VCALENDAR"/><c:comp-filter name="VCALENDAR"/></c:filter>',
    ],
    ['no name', filter('<c:comp-filter/>')],
    ['a range on VCALENDAR', filter(range('20260101T000000Z', ''))],
    ['a range without bounds', filter(comp('VEVENT', '<c:time-range/>'))],
    ['a range that ends before it starts', filter(comp('VEVENT', range('20260102T000000Z', '20260101T000000Z')))],
    ['a range that is not in UTC', filter(comp('VEVENT', range('20260101T000000', '')))],
    ['a range of days', filter(comp('VEVENT', range('20260101', '20260102')))],
    ['a day that does not exist', filter(comp('VEVENT', range('20260230T000000Z', '')))],
    ['is-not-defined beside another', filter(comp('VEVENT', `<c:is-not-defined/>${comp('VALARM')}`))],
    ['a negation that is none', filter(comp('VEVENT', text('SUMMARY', 'x', ' negate-condition="maybe"')))],
  ])('%s: valid-filter', async (_what, inside) => {
    expect(refusal(await query(tested.dav, url, inside))).toBe('403 c:valid-filter');
  });

  it('a collation that is not known: supported-collation (7.5.1)', async () => {
    const inside = filter(comp('VEVENT', text('SUMMARY', 'x', ' collation="i;other"')));
    expect(refusal(await query(tested.dav, url, inside))).toBe('403 c:supported-collation');
  });

  it('a timezone that is none: valid-calendar-data; an id that is unknown: valid-timezone (RFC 7809 5.2)', async () => {
    expect(refusal(await query(tested.dav, url, `${filter('')}<c:timezone>x</c:timezone>`))).toBe(
      '403 c:valid-calendar-data',
    );
    expect(refusal(await query(tested.dav, url, `${filter('')}<c:timezone-id>No/Where</c:timezone-id>`))).toBe(
      '403 c:valid-timezone',
    );
  });

  it('calendar data of another type: supported-calendar-data', async () => {
    const body = xml(
      'c:calendar-query',
      `<d:prop><c:calendar-data content-type="application/calendar+json"/></d:prop>${filter('')}`,
    );
    expect(refusal(await report(tested.dav, url, body))).toBe('403 c:supported-calendar-data');
  });

  it('where there is no calendar: supported-report (RFC 3253 3.6)', async () => {
    for (const path of ['/', '/principals/users/user01/'])
      expect(refusal(await query(tested.dav, path, filter('')))).toBe('403 d:supported-report');
  });
});

describe('scope (RFC 4791 7.8, RFC 3253 3.6)', () => {
  it('a single member, whatever the Depth', async () => {
    for (const depth of ['0', '1', 'infinity']) {
      const told = async (inside: string) =>
        responses(await query(tested.dav, `${url}plain.ics`, filter(inside), { depth })).map(({ href }) => href);
      expect(await told(comp('VEVENT'))).toEqual([`${url}plain.ics`]);
      expect(await told(comp('VTODO'))).toEqual([]);
    }
  });

  it('Depth: 0 on a collection finds nothing, as a collection is no calendar object', async () => {
    expect(responses(await query(tested.dav, url, filter(''), { depth: '0' }))).toEqual([]);
  });

  it('Depth: infinity on a home finds the members of all its calendars; Depth: 1 none', async () => {
    const one = await calendarWith(tested.dav, { 'in-one.ics': event('in-one', ['SUMMARY:Needle']) });
    const two = await calendarWith(tested.dav, { 'in-two.ics': event('in-two', ['SUMMARY:Needle']) });
    const needle = filter(comp('VEVENT', text('SUMMARY', 'needle')));
    const told = responses(await query(tested.dav, '/calendars/user01/', needle, { depth: 'infinity' }));
    expect(told.map(({ href }) => href).sort(byText)).toEqual([`${one}in-one.ics`, `${two}in-two.ics`].sort(byText));
    expect(responses(await query(tested.dav, '/calendars/user01/', needle, { depth: '1' }))).toEqual([]);
  });

  it('on a home, each calendar is seen in its own zone', async () => {
    const zone = `<c:calendar-timezone>${fixedZone('+0900')}</c:calendar-timezone>`;
    const floating = event('floating-home', ['DTSTART:20300101T100000', 'DTEND:20300101T110000']);
    const east = await calendarWith(tested.dav, { 'east.ics': floating }, zone);
    await calendarWith(tested.dav, { 'utc.ics': floating });
    const inside = filter(comp('VEVENT', range('20300101T010000Z', '20300101T020000Z')));
    const told = responses(await query(tested.dav, '/calendars/user01/', inside, { depth: 'infinity' }));
    expect(told.map(({ href }) => href)).toEqual([`${east}east.ics`]);
  });
});

describe('answers', () => {
  it('give the properties that were asked for, calendar-data among them; what is not there is 404', async () => {
    const body = xml(
      'c:calendar-query',
      props('d:getetag', 'c:calendar-data', 'x:none') + filter(comp('VEVENT', text('SUMMARY', 'review'))),
    );
    const [only] = responses(await report(tested.dav, url, body));
    expect([dataIn(only as never), only?.failed]).toEqual([
      event('plain', ['SUMMARY:Weekly Review']),
      { 'x:none': 404 },
    ]);
    expect(only?.found).toHaveProperty('d:getetag');
  });

  it('calendar data in XML keeps what XML minds: &, <, ]]>, carriage returns', async () => {
    const folder = await newCalendar(tested.dav);
    const sent = event('xml', ['SUMMARY:a & b < c ]]> "d" \'e\'', 'DESCRIPTION:\u00e4\u2603\u{1f600}']);
    await put(tested.dav, `${folder}a.ics`, sent);
    const body = xml('c:calendar-query', props('c:calendar-data') + filter(''));
    const [only] = responses(await report(tested.dav, folder, body));
    expect(dataIn(only as never)).toBe(sent);
  });

  it('limit cuts the answer and says so: 507 number-of-matches-within-limits (RFC 5323 5.17)', async () => {
    const told = responses(
      await query(tested.dav, url, `${filter(comp('VEVENT'))}<d:limit><d:nresults>2</d:nresults></d:limit>`),
    );
    expect(told.map(({ status }) => status)).toEqual([null, null, 507]);
    expect(told[2]).toMatchObject({ href: url, errors: ['d:number-of-matches-within-limits'] });
    const enough = responses(
      await query(tested.dav, url, `${filter(comp('VEVENT'))}<d:limit><d:nresults>4</d:nresults></d:limit>`),
    );
    expect(enough).toHaveLength(4);
  });

  it('follow every change at once: added, moved in time, deleted', async () => {
    const folder = await newCalendar(tested.dav);
    const within = () => eventsWithin(tested.dav, folder, '20260310T000000Z', '20260311T000000Z');
    await put(tested.dav, `${folder}a.ics`, event('a', ['DTSTART:20260310T100000Z']));
    expect(await within()).toEqual(['a']);
    await put(tested.dav, `${folder}a.ics`, event('a', ['DTSTART:20260312T100000Z']));
    expect(await within()).toEqual([]);
    await put(
      tested.dav,
      `${folder}a.ics`,
      event('a', ['DTSTART:20260312T100000Z', 'RRULE:FREQ=DAILY', 'RDATE:20260310T100000Z']),
    );
    expect(await within()).toEqual(['a']);
    await tested.dav('DELETE', `${folder}a.ics`);
    expect(await within()).toEqual([]);
  });
});
