import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { byText, childNames, deepText, descendants, propfind, property } from './dav-xml.js';
import { calendarWith, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await calendarWith(tested.dav, { 'a.ics': event('a') });
});

const reportsOf = async (path: string) => {
  const { found } = await propfind(tested.dav, path, 'd:supported-report-set');
  return descendants(found['d:supported-report-set'] as never, 'd:report').flatMap(childNames);
};

describe('properties of calendars (RFC 4791 5.2)', () => {
  it('supported-calendar-data is text/calendar 2.0 (5.2.4)', async () => {
    const { found } = await propfind(tested.dav, calendar, 'c:supported-calendar-data');
    const [data] = descendants(found['c:supported-calendar-data'] as never, 'c:calendar-data');
    expect(data?.attributes).toEqual({ 'content-type': 'text/calendar', version: '2.0' });
  });

  it('supported-collation-set names the two that must be there, and i;unicode-casemap (7.5.1)', async () => {
    const { found } = await propfind(tested.dav, calendar, 'c:supported-collation-set');
    const names = descendants(found['c:supported-collation-set'] as never, 'c:supported-collation').map(deepText);
    expect(names.sort(byText)).toEqual(['i;ascii-casemap', 'i;octet', 'i;unicode-casemap']);
  });

  it('limits are numbers and UTC times (5.2.5–5.2.9)', async () => {
    for (const name of ['c:max-resource-size', 'c:max-instances', 'c:max-attendees-per-instance']) {
      expect(await property(tested.dav, calendar, name)).toMatch(/^[1-9]\d*$/);
    }
    for (const name of ['c:min-date-time', 'c:max-date-time']) {
      expect(await property(tested.dav, calendar, name)).toMatch(/^\d{8}T\d{6}Z$/);
    }
  });

  it('the default calendar takes events, the default tasks folder tasks (2, RFC 4791 5.2.3)', async () => {
    const components = async (url: string) => {
      const { found } = await propfind(tested.dav, url, 'c:supported-calendar-component-set');
      const element = found['c:supported-calendar-component-set'];
      return descendants(element as never, 'c:comp').map(({ attributes }) => attributes['name']);
    };
    expect(await components(tested.calendar)).toEqual(['VEVENT']);
    expect(await components(tested.tasks)).toEqual(['VTODO']);
    expect(tested.calendar).toMatch(/^\/calendars\/user01\/[0-9a-f-]{36}\/$/);
  });

  it('a home tells which component sets a new calendar can have (RFC 6638 B.2)', async () => {
    const { found } = await propfind(tested.dav, '/calendars/user01/', 'c:supported-calendar-component-sets');
    const sets = found['c:supported-calendar-component-sets'];
    expect(descendants(sets as never, 'c:comp').map(({ attributes }) => attributes['name'])).toEqual([
      'VEVENT',
      'VTODO',
    ]);
  });
});

describe('supported-report-set names the reports of each kind of resource (RFC 3253 3.1.5, RFC 4791 7, RFC 6578 3.1)', () => {
  const calendarReports = ['c:calendar-query', 'c:calendar-multiget', 'c:free-busy-query'];
  const aclReports = [
    'd:principal-property-search',
    'd:principal-search-property-set',
    'd:principal-match',
    'd:acl-principal-prop-set',
  ];

  it('a calendar: all of CalDAV, synchronisation and access control', async () => {
    expect(await reportsOf(calendar)).toEqual(
      expect.arrayContaining([...calendarReports, ...aclReports, 'd:sync-collection', 'd:expand-property']),
    );
  });

  it('a home: CalDAV, and no synchronisation', async () => {
    const reports = await reportsOf('/calendars/user01/');
    expect(reports).toEqual(expect.arrayContaining(calendarReports));
    expect(reports).not.toContain('d:sync-collection');
  });

  it('principals: those of access control', async () => {
    for (const path of ['/', '/principals/', '/principals/users/user01/']) {
      const reports = await reportsOf(path);
      expect(reports).toEqual(expect.arrayContaining(aclReports));
      expect(reports).not.toContain('c:calendar-query');
    }
  });
});

it('live properties of collections and members have the forms of RFC 4918 15', async () => {
  const { found } = await propfind(
    tested.dav,
    `${calendar}a.ics`,
    'd:creationdate',
    'd:getlastmodified',
    'd:getetag',
    'd:getcontentlength',
  );
  expect(deepText(found['d:creationdate'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  expect(deepText(found['d:getlastmodified'])).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  expect(deepText(found['d:getetag'])).toMatch(/^"[^"]+"$/);
  expect(deepText(found['d:getcontentlength'])).toBe(String(event('a').length));
});
