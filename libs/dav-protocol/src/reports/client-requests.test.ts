import { describe, expect, it } from 'vitest';
import { calendarServer, caldav, dav } from '../names.js';
import { parseXml } from '../parse-xml.js';
import { parseReport } from './parse-report.js';
import type { ReportRequest } from './report-request.js';

const report = (xml: string): ReportRequest => parseReport(parseXml(xml));
const seconds = (iso: string): number => Date.parse(iso) / 1000;
const whole = { data: null, dataFormat: null };
const comp = (name: string, parts: object = {}) => ({ name, propFilters: [], compFilters: [], ...parts });

describe('macOS Calendar', () => {
  it('asks for the etags of a time range', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><B:calendar-query xmlns:B="urn:ietf:params:xml:ns:caldav"><A:prop xmlns:A="DAV:"><A:getetag/><A:getcontenttype/></A:prop>
<B:filter><B:comp-filter name="VCALENDAR"><B:comp-filter name="VEVENT"><B:time-range start="20260101T000000Z"/></B:comp-filter></B:comp-filter></B:filter></B:calendar-query>`;
    expect(report(xml)).toEqual({
      kind: 'calendar-query',
      properties: { kind: 'prop', names: [dav('getetag'), dav('getcontenttype')] },
      ...whole,
      filter: comp('VCALENDAR', {
        compFilters: [comp('VEVENT', { timeRange: { start: seconds('2026-01-01T00:00:00Z') } })],
      }),
      timezone: null,
      timezoneId: null,
      limit: null,
    });
  });

  it('fetches members in batches', () => {
    const hrefs = Array.from({ length: 50 }, (_, at) => `/cal/home/${at}%20x.ics`);
    const xml = `<?xml version="1.0" encoding="UTF-8"?><B:calendar-multiget xmlns:B="urn:ietf:params:xml:ns:caldav"><A:prop xmlns:A="DAV:"><A:getetag/><B:calendar-data/><B:schedule-tag/></A:prop>
${hrefs.map((href) => `<A:href xmlns:A="DAV:">${href}</A:href>`).join('\n')}</B:calendar-multiget>`;
    expect(report(xml)).toEqual({
      kind: 'calendar-multiget',
      properties: { kind: 'prop', names: [dav('getetag'), caldav('calendar-data'), caldav('schedule-tag')] },
      ...whole,
      hrefs,
    });
  });

  it('syncs the home', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><A:sync-collection xmlns:A="DAV:"><A:sync-token>https://almanac.example/sync/h/1/42</A:sync-token><A:sync-level>1</A:sync-level><A:prop><C:getctag xmlns:C="http://calendarserver.org/ns/"/><A:resourcetype/></A:prop></A:sync-collection>`;
    expect(report(xml)).toEqual({
      kind: 'sync-collection',
      properties: { kind: 'prop', names: [calendarServer('getctag'), dav('resourcetype')] },
      ...whole,
      token: 'https://almanac.example/sync/h/1/42',
      level: '1',
      limit: null,
    });
  });

  it('expands the proxies of its principal', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><A:expand-property xmlns:A="DAV:">
<A:property name="calendar-proxy-write-for" namespace="http://calendarserver.org/ns/"><A:property name="displayname" namespace="DAV:"/>
<A:property name="calendar-user-address-set" namespace="urn:ietf:params:xml:ns:caldav"/></A:property></A:expand-property>`;
    expect(report(xml)).toEqual({
      kind: 'expand-property',
      properties: [
        {
          name: calendarServer('calendar-proxy-write-for'),
          properties: [
            { name: dav('displayname'), properties: [] },
            { name: caldav('calendar-user-address-set'), properties: [] },
          ],
        },
      ],
    });
  });

  it('searches attendees by words', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><C:calendarserver-principal-search xmlns:C="http://calendarserver.org/ns/" context="attendee"><C:search-token>ada</C:search-token><C:search-token> love</C:search-token>
<A:limit xmlns:A="DAV:"><A:nresults>50</A:nresults></A:limit><A:prop xmlns:A="DAV:"><A:principal-URL/></A:prop></C:calendarserver-principal-search>`;
    expect(report(xml)).toEqual({
      kind: 'calendarserver-principal-search',
      test: 'allof',
      searches: [
        { names: [], match: 'ada', matchType: 'contains' },
        { names: [], match: 'love', matchType: 'contains' },
      ],
      properties: { kind: 'prop', names: [dav('principal-URL')] },
      applyToPrincipalCollectionSet: false,
      limit: 50,
      context: 'attendee',
    });
  });
});

describe('iOS', () => {
  it('asks what can be searched for', () => {
    expect(report('<A:principal-search-property-set xmlns:A="DAV:"/>')).toEqual({
      kind: 'principal-search-property-set',
    });
  });

  it('asks for open tasks without a range', () => {
    const xml = `<B:calendar-query xmlns:B="urn:ietf:params:xml:ns:caldav"><A:prop xmlns:A="DAV:"><A:getetag/></A:prop><B:filter><B:comp-filter name="VCALENDAR"><B:comp-filter name="VTODO"><B:prop-filter name="completed"><B:is-not-defined/></B:prop-filter></B:comp-filter></B:comp-filter></B:filter></B:calendar-query>`;
    const open = { name: 'COMPLETED', isNotDefined: true, paramFilters: [] };
    expect(report(xml)).toMatchObject({
      filter: comp('VCALENDAR', { compFilters: [comp('VTODO', { propFilters: [open] })] }),
    });
  });
});

describe('Thunderbird', () => {
  it('starts a sync with an empty token', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<sync-collection xmlns="DAV:"><sync-token></sync-token><sync-level>1</sync-level><prop><getcontenttype/><getetag/></prop></sync-collection>`;
    expect(report(xml)).toMatchObject({ kind: 'sync-collection', token: '', level: '1', limit: null });
  });
});

describe('DAVx5', () => {
  it('syncs with a limit', () => {
    const xml = `<?xml version='1.0' encoding='UTF-8' ?><sync-collection xmlns="DAV:"><sync-token>urn:x/1</sync-token><sync-level>1</sync-level><limit><nresults>100</nresults></limit><prop><getetag /><resourcetype /></prop></sync-collection>`;
    expect(report(xml)).toMatchObject({ token: 'urn:x/1', limit: 100 });
  });

  it('names the media type of the data', () => {
    const xml = `<?xml version='1.0' encoding='UTF-8' ?><CAL:calendar-multiget xmlns="DAV:" xmlns:CAL="urn:ietf:params:xml:ns:caldav"><prop><getcontenttype /><getetag /><CAL:schedule-tag /><CAL:calendar-data content-type="text/calendar" version="2.0" /></prop><href>/cal/a.ics</href></CAL:calendar-multiget>`;
    expect(report(xml)).toMatchObject({
      data: null,
      dataFormat: { contentType: 'text/calendar', version: '2.0' },
      hrefs: ['/cal/a.ics'],
    });
  });
});

describe('Evolution', () => {
  it('asks for the events of a component by UID', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><C:calendar-query xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:D="DAV:"><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">a b@example</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
    const textMatch = { text: 'a b@example', collation: 'i;octet', negate: false };
    expect(report(xml)).toMatchObject({
      filter: { compFilters: [{ propFilters: [{ name: 'UID', textMatch, paramFilters: [] }] }] },
    });
  });
});

describe('vdirsyncer', () => {
  it('asks for etags of all members and of a range', () => {
    const query = (range: string) => `<?xml version="1.0" encoding="utf-8" ?>
<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getcontenttype/><getetag/></prop><C:filter>
  <C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${range}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
    expect(report(query(''))).toMatchObject({ filter: comp('VCALENDAR', { compFilters: [comp('VEVENT')] }) });
    expect(report(query('<C:time-range start="20260101T000000Z" end="20260201T000000Z"/>'))).toMatchObject({
      filter: { compFilters: [{ timeRange: { start: 1_767_225_600, end: 1_769_904_000 } }] },
    });
  });
});

describe('Outlook CalDav Synchronizer', () => {
  it('searches rooms by name', () => {
    const xml = `<?xml version="1.0"?><D:principal-property-search xmlns:D="DAV:"><D:property-search><D:prop><D:displayname/></D:prop><D:match>room</D:match></D:property-search><D:prop><D:displayname/><D:email/></D:prop></D:principal-property-search>`;
    expect(report(xml)).toEqual({
      kind: 'principal-property-search',
      test: 'allof',
      searches: [{ names: [dav('displayname')], match: 'room', matchType: 'contains' }],
      properties: { kind: 'prop', names: [dav('displayname'), dav('email')] },
      applyToPrincipalCollectionSet: false,
      limit: null,
    });
  });
});
