import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import {
  childNames,
  deepText,
  descendants,
  list,
  propfind,
  property,
  refusal,
  report,
  set,
  short,
  xml,
} from './dav-xml.js';
import { put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const home = '/calendars/user01/';
const zone = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'BEGIN:VTIMEZONE', 'TZID:Test/Fixed', 'BEGIN:STANDARD'],
  ...[
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0300',
    'TZOFFSETTO:+0300',
    'END:STANDARD',
    'END:VTIMEZONE',
    'END:VCALENDAR',
    '',
  ],
].join('\r\n');
const componentSet = (...names: string[]) =>
  `<c:supported-calendar-component-set>${names.map((name) => `<c:comp name="${name}"/>`).join('')}</c:supported-calendar-component-set>`;
const mkcalendar = (path: string, ...inside: string[]) =>
  tested.dav('MKCALENDAR', path, inside.length === 0 ? {} : { body: xml('c:mkcalendar', set(...inside)) });
const componentsOf = async (url: string) => {
  const { found } = await propfind(tested.dav, url, 'c:supported-calendar-component-set');
  const element = found['c:supported-calendar-component-set'];
  return element === undefined ? [] : descendants(element, 'c:comp').map(({ attributes }) => attributes['name']);
};

describe('MKCALENDAR (RFC 4791 5.3.1; N1, N2)', () => {
  it('makes a calendar at the URL that the client chose, listed in the home', async () => {
    const answer = await mkcalendar(`${home}chosen%20one/`);
    expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([201, '', 'no-cache']);
    expect((await list(tested.dav, home, 'd:resourcetype')).map(({ href }) => href)).toContain(`${home}chosen%20one/`);
    await put(tested.dav, `${home}chosen%20one/a.ics`, event('a'));
  });

  it('name, colour, order, description, time zone, transparency and component set of the same request are there at once', async () => {
    const values: Readonly<Record<string, string>> = {
      'd:displayname': 'Büro',
      'a:calendar-color': '#0000FF',
      'a:calendar-order': '3',
      'c:calendar-description': 'Some text',
      'c:calendar-timezone': zone,
      'x:dead': 'kept',
    };
    const elements = Object.entries(values).map(
      ([name, value]) => `<${name}>${value.replaceAll('\r', '&#13;')}</${name}>`,
    );
    const transparent = '<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>';
    const answer = await mkcalendar(`${home}full/`, ...elements, transparent, componentSet('VEVENT'));
    expect(answer.status).toBe(201);
    for (const [name, value] of Object.entries(values))
      expect(await property(tested.dav, `${home}full/`, name)).toBe(value);
    const { found } = await propfind(tested.dav, `${home}full/`, 'c:schedule-calendar-transp');
    expect(childNames(found['c:schedule-calendar-transp'])).toEqual(['c:transparent']);
    expect(await componentsOf(`${home}full/`)).toEqual(['VEVENT']);
  });

  it.each([
    ['VTODO alone', ['VTODO'], ['VTODO']],
    ['VJOURNAL alone', ['VJOURNAL'], ['VJOURNAL']],
    ['events and tasks', ['VTODO', 'VEVENT'], ['VEVENT', 'VTODO']],
    ['lower case', ['vevent'], ['VEVENT']],
    ['one that cannot be had beside one that can', ['VEVENT', 'VAVAILABILITY'], ['VEVENT']],
  ])('component set: %s (RFC 4791 5.2.3)', async (what, asked, given) => {
    const url = `${home}set-${what.replaceAll(' ', '-')}/`;
    expect((await mkcalendar(url, componentSet(...asked))).status).toBe(201);
    expect(await componentsOf(url)).toEqual(given);
  });

  it('without a component set all components are taken in the standard profile', async () => {
    await mkcalendar(`${home}all/`);
    await put(tested.dav, `${home}all/a.ics`, event('a'));
    await put(tested.dav, `${home}all/b.ics`, todo('b'));
    expect(await componentsOf(`${home}all/`)).toEqual(['VEVENT', 'VTODO', 'VJOURNAL']);
  });

  it('a component set without any that can be had: supported-calendar-component', async () => {
    expect(refusal(await mkcalendar(`${home}bad-set/`, componentSet('VAVAILABILITY')))).toBe(
      '403 c:supported-calendar-component',
    );
    expect((await tested.dav('PROPFIND', `${home}bad-set/`, { headers: { depth: '0' } })).status).toBe(404);
  });
});

describe('where none can be made (RFC 4791 5.3.1.1)', () => {
  it('something is there already: resource-must-be-null', async () => {
    expect(refusal(await mkcalendar(tested.calendar))).toBe('403 d:resource-must-be-null');
    expect(refusal(await mkcalendar(home))).toBe('403 d:resource-must-be-null');
    await put(tested.dav, `${tested.calendar}there.ics`, event('there'));
    expect(refusal(await mkcalendar(`${tested.calendar}there.ics`))).toBe('403 d:resource-must-be-null');
  });

  it('inside a calendar: calendar-collection-location-ok', async () => {
    expect(refusal(await mkcalendar(`${tested.calendar}nested/`))).toBe('403 c:calendar-collection-location-ok');
  });

  it.each(['/calendar/', '/principals/users/calendar/', '/principals/users/user01/calendar/'])(
    'outside a home, %s: calendar-collection-location-ok',
    async (path) => {
      expect(refusal(await mkcalendar(path))).toBe('403 c:calendar-collection-location-ok');
    },
  );

  it('without a parent: 409', async () => {
    expect((await mkcalendar(`${home}missing/nested/`)).status).toBe(409);
    expect((await mkcalendar('/calendars/nobody/calendar/')).status).toBe(409);
  });

  it('in the home of another user: as where there is none, and nothing is made (S4)', async () => {
    expect((await mkcalendar('/calendars/user02/calendar/')).status).toBe(409);
    const listed = await list(tested.stranger, '/calendars/user02/', 'd:resourcetype');
    expect(listed.map(({ href }) => href)).not.toContain('/calendars/user02/calendar/');
  });
});

describe('a request that cannot be carried out makes nothing', () => {
  it.each([
    ['a protected property', '<d:getetag>x</d:getetag>', 'd:getetag'],
    ['a time zone that is none', '<c:calendar-timezone>x</c:calendar-timezone>', 'c:calendar-timezone'],
    ['an order that is none', '<a:calendar-order>x</a:calendar-order>', 'a:calendar-order'],
  ])('%s: 424 and mkcalendar-response (RFC 4791 5.3.1, 9.3)', async (_what, element, name) => {
    const answer = await mkcalendar(`${home}refused/`, '<d:displayname>X</d:displayname>', element);
    expect(answer.status).toBe(424);
    expect(short(answer.xml().name)).toBe('c:mkcalendar-response');
    const told = descendants(answer.xml(), 'd:prop').map(childNames);
    expect(told).toEqual([[name], ['d:displayname']]);
    expect(descendants(answer.xml(), 'd:status').map(deepText).at(-1)).toBe('HTTP/1.1 424 Failed Dependency');
    expect((await tested.dav('PROPFIND', `${home}refused/`, { headers: { depth: '0' } })).status).toBe(404);
  });

  it.each([
    ['another root', xml('d:mkcol'), 400],
    ['malformed XML', '<c:mkcalendar', 400],
    ['JSON', '{}', 415],
  ])('%s', async (what, body, status) => {
    const headers = { 'content-type': what === 'JSON' ? 'application/json' : 'text/xml' };
    expect((await tested.dav('MKCALENDAR', `${home}refused/`, { headers, body })).status).toBe(status);
  });
});

it('deleted and made again at the same URL: new sync tokens, and old ETags match nothing (RFC 6578 3.2, design 2)', async () => {
  const url = `${home}again/`;
  await mkcalendar(url);
  const first = await put(tested.dav, `${url}a.ics`, event('a'));
  const token = (await property(tested.dav, url, 'd:sync-token')) ?? '';
  expect((await tested.dav('DELETE', url)).status).toBe(204);
  await mkcalendar(url);
  expect(await list(tested.dav, url, 'd:getetag')).toHaveLength(1);
  const second = await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:Another']));
  expect(second.headers.etag).not.toBe(first.headers.etag);
  const ifMatch = { 'if-match': first.headers.etag ?? '' };
  expect((await tested.dav('PUT', `${url}a.ics`, { headers: ifMatch, body: event('a') })).status).toBe(412);
  expect(
    (await tested.dav('GET', `${url}a.ics`, { headers: { 'if-none-match': first.headers.etag ?? '' } })).status,
  ).toBe(200);
  const body = xml('d:sync-collection', `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop/>`);
  expect(refusal(await report(tested.dav, url, body))).toBe('403 d:valid-sync-token');
});
