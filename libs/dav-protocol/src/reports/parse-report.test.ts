import { describe, expect, it } from 'vitest';
import { caldav, dav, type PropertyName } from '../names.js';
import { parseXml } from '../parse-xml.js';
import { parseReport } from './parse-report.js';
import type { ReportRequest } from './report-request.js';

function report(body: string): ReportRequest {
  const declarations = 'xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';
  return parseReport(parseXml(body.replace(/^<[^\s/>]+/, (start) => `${start} ${declarations}`)));
}

const refused = (status: number, precondition?: PropertyName) =>
  expect.objectContaining({ name: 'DavError', status, ...(precondition && { precondition }) });

const query = (inside: string) => `<c:calendar-query><prop/>${inside}</c:calendar-query>`;
const calendar = '<c:filter><c:comp-filter name="VCALENDAR"/></c:filter>';
const multiget = (data: string) => `<c:calendar-multiget><prop>${data}</prop><href>/a</href></c:calendar-multiget>`;

describe('calendar-query', () => {
  it('takes a time zone, a time zone id and a limit', () => {
    const zone =
      '<c:timezone>BEGIN:VCALENDAR\nEND:VCALENDAR</c:timezone><c:timezone-id> Europe/Berlin </c:timezone-id>';
    expect(report(query(`${calendar}${zone}<limit><nresults>5</nresults></limit>`))).toMatchObject({
      timezone: 'BEGIN:VCALENDAR\nEND:VCALENDAR',
      timezoneId: 'Europe/Berlin',
      limit: 5,
    });
  });

  it('may ask for all properties, for names, or for nothing', () => {
    const asking = (choice: string) => report(`<c:calendar-query>${choice}${calendar}</c:calendar-query>`);
    expect(asking('<allprop/>')).toMatchObject({ properties: { kind: 'allprop', include: [] } });
    expect(asking('<propname/>')).toMatchObject({ properties: { kind: 'propname' } });
    expect(asking('')).toMatchObject({ properties: { kind: 'prop', names: [] } });
    expect(() => asking('<prop/><propname/>')).toThrow(refused(400));
  });

  it.each(['', '0', '-1', '1.5', 'ten', '9'.repeat(16)])('refuses the limit %j', (count) => {
    expect(() => report(query(`${calendar}<limit><nresults>${count}</nresults></limit>`))).toThrow(refused(400));
  });

  it('refuses a limit without a number', () => {
    expect(() => report(query(`${calendar}<limit/>`))).toThrow(refused(400));
  });
});

describe('calendar-data', () => {
  it('reads the parts of RFC 4791 7.8.1', () => {
    const parts = `<c:comp name="VCALENDAR"><c:prop name="version"/><c:comp name="VEVENT"><c:prop name="SUMMARY"/>
      <c:prop name="X-ABC-GUID" novalue="yes"/></c:comp><c:comp name="VTIMEZONE"/>
      <c:comp name="VTODO"><c:allprop/><c:allcomp/></c:comp></c:comp>`;
    expect(report(multiget(`<c:calendar-data>${parts}</c:calendar-data>`))).toMatchObject({
      properties: { names: [caldav('calendar-data')] },
      data: {
        comp: {
          name: 'VCALENDAR',
          props: [{ name: 'VERSION', noValue: false }],
          comps: [
            {
              name: 'VEVENT',
              props: [
                { name: 'SUMMARY', noValue: false },
                { name: 'X-ABC-GUID', noValue: true },
              ],
              comps: [],
            },
            { name: 'VTIMEZONE', props: 'all', comps: 'all' },
            { name: 'VTODO', props: 'all', comps: 'all' },
          ],
        },
      },
    });
  });

  it.each([
    ['expand', 'expand'],
    ['limit-recurrence-set', 'limitRecurrenceSet'],
    ['limit-freebusy-set', 'limitFreebusySet'],
  ])('reads %s', (local, key) => {
    const xml = multiget(
      `<c:calendar-data><c:${local} start="19700101T000000Z" end="19700101T000100Z"/></c:calendar-data>`,
    );
    expect(report(xml)).toMatchObject({ data: { [key]: { start: 0, end: 60 } } });
  });

  const range = 'start="19700101T000000Z" end="19700101T000100Z"';

  it.each([
    '<c:expand start="19700101T000000Z"/>',
    '<c:expand/>',
    '<c:limit-freebusy-set start="x" end="y"/>',
    `<c:expand ${range}/><c:limit-recurrence-set ${range}/>`,
    '<c:comp name="VEVENT"/>',
    '<c:comp/>',
    '<c:comp name="VCALENDAR"><c:prop/></c:comp>',
  ])('refuses %s', (inside) => {
    expect(() => report(multiget(`<c:calendar-data>${inside}</c:calendar-data>`))).toThrow(refused(400));
  });

  it.each(['content-type="application/calendar+json"', 'version="1.0"', 'content-type="text/calendar" version="3"'])(
    'is not available as %s',
    (attributes) => {
      const run = () => report(multiget(`<c:calendar-data ${attributes}/>`));
      expect(run).toThrow(refused(403, caldav('supported-calendar-data')));
    },
  );

  it('is not asked for by the same name in another namespace', () => {
    expect(report(multiget('<calendar-data><c:expand/></calendar-data>'))).toMatchObject({ data: null });
  });
});

describe('the other reports', () => {
  it('sync-collection', () => {
    const sync = (inside: string) => report(`<sync-collection>${inside}</sync-collection>`);
    expect(sync('<sync-token/><sync-level>infinite</sync-level><prop/>')).toMatchObject({ level: 'infinite' });
    expect(sync('<sync-token> a </sync-token><prop/>')).toMatchObject({ level: '1', token: 'a' });
    expect(() => sync('<prop/>')).toThrow(/sync-token/);
    expect(() => sync('<sync-token/>')).toThrow(/DAV:prop/);
    expect(() => sync('<sync-token/><sync-level>2</sync-level><prop/>')).toThrow(refused(400));
  });

  it('calendar-multiget needs an href', () => {
    expect(() => report('<c:calendar-multiget><prop/></c:calendar-multiget>')).toThrow(/DAV:href/);
  });

  it('free-busy-query', () => {
    const busy = (inside: string) => report(`<c:free-busy-query>${inside}</c:free-busy-query>`);
    expect(busy('<c:time-range start="19700101T000000Z" end="19700102T000000Z"/>')).toEqual({
      kind: 'free-busy-query',
      range: { start: 0, end: 86_400 },
    });
    expect(() => busy('')).toThrow(refused(400));
    expect(() => busy('<c:time-range start="19700101T000000Z"/>')).toThrow(refused(400));
  });

  it('expand-property refuses what cannot be written as an element', () => {
    const expand = (attributes: string) => report(`<expand-property><property ${attributes}/></expand-property>`);
    expect(expand('name="größe"')).toMatchObject({ properties: [{ name: dav('größe') }] });
    for (const name of ['', 'a b', 'a/>', 'a:b', '1a', '-a']) {
      expect(() => expand(`name="${name}"`)).toThrow(refused(400));
    }
    expect(() => expand('namespace="DAV:"')).toThrow(refused(400));
    expect(() => expand('name="a" namespace="http://www.w3.org/2000/xmlns/"')).toThrow(refused(400));
  });

  it('principal-property-search', () => {
    const search = (attributes: string, inside: string) =>
      report(`<principal-property-search ${attributes}>${inside}</principal-property-search>`);
    const one =
      '<property-search><prop><displayname/><c:x/></prop><match match-type="starts-with"> a </match></property-search>';
    expect(search('test="anyof"', `${one}<apply-to-principal-collection-set/>`)).toMatchObject({
      test: 'anyof',
      searches: [{ names: [dav('displayname'), caldav('x')], match: 'a', matchType: 'starts-with' }],
      properties: { kind: 'prop', names: [] },
      applyToPrincipalCollectionSet: true,
    });
    expect(() => search('test="some"', one)).toThrow(refused(400));
    expect(search('', '')).toMatchObject({ searches: [] });
    expect(() => search('', '<property-search><prop/><match/></property-search>')).toThrow(/DAV:prop/);
    expect(() => search('', '<property-search><prop><a/></prop></property-search>')).toThrow(/DAV:match/);
    expect(() => search('', one.replace('starts-with', 'like'))).toThrow(/match-type/);
  });

  it('calendarserver-principal-search needs a word', () => {
    const tag = 'cs:calendarserver-principal-search';
    expect(() => report(`<${tag}/>`)).toThrow(/search-token/);
    expect(report(`<${tag}><cs:search-token>a</cs:search-token></${tag}>`)).toMatchObject({ context: null });
  });

  it('principal-match', () => {
    const match = (inside: string) => report(`<principal-match>${inside}</principal-match>`);
    const properties = { kind: 'prop', names: [] };
    expect(match('<self/>')).toEqual({ kind: 'principal-match', self: true, principalProperty: null, properties });
    expect(match('<principal-property><owner/></principal-property>')).toMatchObject({
      self: false,
      principalProperty: dav('owner'),
    });
    expect(() => match('')).toThrow(refused(400));
    expect(() => match('<principal-property/>')).toThrow(refused(400));
    expect(() => match('<self/><principal-property><owner/></principal-property>')).toThrow(refused(400));
  });

  it('acl-principal-prop-set', () => {
    expect(report('<acl-principal-prop-set><prop><displayname/></prop></acl-principal-prop-set>')).toEqual({
      kind: 'acl-principal-prop-set',
      properties: { kind: 'prop', names: [dav('displayname')] },
    });
  });

  it('an unknown one is named', () => {
    expect(report('<version-tree/>')).toEqual({ kind: 'unknown', name: dav('version-tree') });
  });
});
