import { describe, expect, it } from 'vitest';
import { caldav, type PropertyName } from '../names.js';
import { parseXml } from '../parse-xml.js';
import { parseReport } from './parse-report.js';
import type { ReportRequest } from './report-request.js';

const report = (xml: string): ReportRequest => parseReport(parseXml(xml));

const refused = (status: number, precondition: PropertyName) =>
  expect.objectContaining({ name: 'DavError', status, precondition });

const query = (inside: string) =>
  `<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop/>${inside}</c:calendar-query>`;
const filter = (inside: string) => query(`<c:filter>${inside}</c:filter>`);
const inEvent = (inside: string) =>
  filter(`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">${inside}</c:comp-filter></c:comp-filter>`);

describe('a filter', () => {
  it('reads every kind of test, names in upper case', () => {
    const xml = inEvent(`<c:time-range end="20260101T000000Z"/>
      <c:prop-filter name="dtstamp"><c:time-range start="19700101T000001Z"/></c:prop-filter>
      <c:prop-filter name="Attendee"><c:text-match negate-condition="yes" collation="I;Unicode-Casemap"> a </c:text-match>
        <c:param-filter name="partstat"><c:text-match>x</c:text-match></c:param-filter>
        <c:param-filter name="ROLE"><c:is-not-defined/></c:param-filter><c:param-filter name="CN"/></c:prop-filter>
      <c:comp-filter name="VALARM"><c:is-not-defined/></c:comp-filter><c:comp-filter name="X-WHAT"/>`);
    const match = { text: 'x', collation: 'i;ascii-casemap', negate: false };
    expect(report(xml)).toMatchObject({
      filter: {
        name: 'VCALENDAR',
        propFilters: [],
        compFilters: [
          {
            name: 'VEVENT',
            timeRange: { end: 1_767_225_600 },
            propFilters: [
              { name: 'DTSTAMP', timeRange: { start: 1 }, paramFilters: [] },
              {
                name: 'ATTENDEE',
                textMatch: { text: ' a ', collation: 'i;unicode-casemap', negate: true },
                paramFilters: [
                  { name: 'PARTSTAT', textMatch: match },
                  { name: 'ROLE', isNotDefined: true },
                  { name: 'CN' },
                ],
              },
            ],
            compFilters: [{ name: 'VALARM', isNotDefined: true }, { name: 'X-WHAT' }],
          },
        ],
      },
    });
  });

  it.each([
    ['no filter', query('')],
    ['an empty filter', filter('')],
    ['another component outside', filter('<c:comp-filter name="VEVENT"/>')],
    ['two components outside', filter('<c:comp-filter name="VCALENDAR"/><c:comp-filter name="VCALENDAR"/>')],
    ['no name', filter('<c:comp-filter/>')],
    ['an empty name', inEvent('<c:prop-filter name=" "/>')],
    [
      'absence and a component',
      inEvent('<c:comp-filter name="VALARM"><c:is-not-defined/><c:comp-filter name="X"/></c:comp-filter>'),
    ],
    ['absence and a time range', inEvent('<c:is-not-defined/><c:time-range start="20260101T000000Z"/>')],
    [
      'absence and a text',
      inEvent('<c:prop-filter name="A"><c:is-not-defined/><c:text-match>x</c:text-match></c:prop-filter>'),
    ],
    [
      'absence and a parameter',
      inEvent('<c:prop-filter name="A"><c:is-not-defined/><c:param-filter name="B"/></c:prop-filter>'),
    ],
    [
      'a parameter that is absent and has a text',
      inEvent(
        '<c:prop-filter name="A"><c:param-filter name="B"><c:is-not-defined/><c:text-match/></c:param-filter></c:prop-filter>',
      ),
    ],
    [
      'time range and text',
      inEvent(
        '<c:prop-filter name="A"><c:time-range start="20260101T000000Z"/><c:text-match>x</c:text-match></c:prop-filter>',
      ),
    ],
    [
      'two texts',
      inEvent('<c:prop-filter name="A"><c:text-match>x</c:text-match><c:text-match>y</c:text-match></c:prop-filter>'),
    ],
    [
      'an odd negation',
      inEvent('<c:prop-filter name="A"><c:text-match negate-condition="true">x</c:text-match></c:prop-filter>'),
    ],
    [
      'a time range of the calendar',
      filter('<c:comp-filter name="VCALENDAR"><c:time-range start="20260101T000000Z"/></c:comp-filter>'),
    ],
  ])('with %s is not valid', (_, xml) => expect(() => report(xml)).toThrow(refused(403, caldav('valid-filter'))));

  it.each([
    '',
    'start=""',
    'start="20260101"',
    'start="20260101T000000"',
    'start="2026-01-01T00:00:00Z"',
    'start="20260101T000000+0100"',
    'start="20261301T000000Z"',
    'start="20260230T000000Z"',
    'start="20260101T240000Z"',
    'start="20260101T006000Z"',
    'start="20260101T000061Z"',
    'start="20260102T000000Z" end="20260101T000000Z"',
    'start="20260101T000000Z" end="20260101T000000Z"',
    'start="20260101T000000Z" end="never"',
  ])('with the time range %j is not valid', (attributes) => {
    expect(() => report(inEvent(`<c:time-range ${attributes}/>`))).toThrow(refused(403, caldav('valid-filter')));
  });

  it.each([
    ['00010101T000000Z', -62_135_596_800],
    ['99991231T235959Z', 253_402_300_799],
    ['20240229T120000Z', 1_709_208_000],
    ['20161231T235960Z', 1_483_228_800],
  ])('takes the time %s', (start, seconds) => {
    const range = { compFilters: [{ timeRange: { start: seconds } }] };
    expect(report(inEvent(`<c:time-range start="${start}"/>`))).toMatchObject({ filter: range });
  });

  it('with an unknown collation is told so', () => {
    const xml = inEvent('<c:prop-filter name="A"><c:text-match collation="i;basic">x</c:text-match></c:prop-filter>');
    expect(() => report(xml)).toThrow(refused(403, caldav('supported-collation')));
  });
});
