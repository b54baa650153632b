import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { refusal } from './dav-xml.js';
import { calendarWith, sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await calendarWith(tested.dav, { 'a.ics': event('a') });
});

const everywhere = ['OPTIONS', 'PROPFIND', 'REPORT'];
const url = (path: string) => path.replace('CALENDAR/', calendar);

/** Each kind of resource, what it must allow, and what it cannot. */
const kinds: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['the root', '/', everywhere, ['PUT', 'DELETE', 'MKCALENDAR', 'GET', 'LOCK']],
  ['the collection of homes', '/calendars/', everywhere, ['PUT', 'DELETE', 'MKCALENDAR', 'LOCK']],
  ['the collection of principals', '/principals/', everywhere, ['PUT', 'DELETE', 'MKCALENDAR', 'LOCK']],
  ['a collection of one kind of principals', '/principals/users/', everywhere, ['PUT', 'DELETE', 'MKCOL']],
  ['a principal', '/principals/users/user01/', [...everywhere, 'PROPPATCH'], ['PUT', 'DELETE', 'MKCOL', 'MOVE']],
  ['a calendar home', '/calendars/user01/', [...everywhere, 'PROPPATCH'], ['PUT', 'DELETE', 'GET', 'MKCALENDAR']],
  [
    'a calendar collection',
    'CALENDAR/',
    [...everywhere, 'GET', 'HEAD', 'PROPPATCH', 'DELETE'],
    ['PUT', 'MKCALENDAR', 'MKCOL', 'LOCK'],
  ],
  [
    'a calendar object',
    'CALENDAR/a.ics',
    [...everywhere, 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PROPPATCH', 'COPY', 'MOVE'],
    ['MKCALENDAR', 'MKCOL', 'LOCK', 'UNLOCK'],
  ],
  [
    'a URL where nothing is',
    '/calendars/user01/free/',
    ['OPTIONS', 'MKCALENDAR', 'MKCOL'],
    ['GET', 'PROPFIND', 'COPY'],
  ],
];

describe.each(kinds)('OPTIONS on %s', (_kind, path, allowed, absent) => {
  it('names in Allow what can be done there and nothing else (RFC 9110 9.3.7, 10.2.1)', async () => {
    const answer = await tested.dav('OPTIONS', url(path));
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('');
    const allow = (answer.headers.allow ?? '').split(', ');
    expect(allow).toEqual(expect.arrayContaining([...allowed]));
    expect(allow.filter((method) => absent.includes(method))).toEqual([]);
  });

  it('tells the compliance classes in DAV (RFC 4918 10.1, 18; RFC 4791 5.1; RFC 3744 7.2; RFC 5689 3.1)', async () => {
    const { headers } = await tested.dav('OPTIONS', url(path));
    const classes = String(headers['dav']).split(', ');
    expect(classes).toEqual(expect.arrayContaining(['1', '3', 'access-control', 'calendar-access', 'extended-mkcol']));
    expect(classes).not.toContain('2');
    expect(classes).not.toContain('calendar-auto-schedule');
  });
});

it('OPTIONS works without a body and with one that is of no use (RFC 9110 9.3.7)', async () => {
  const answer = await tested.dav('OPTIONS', '/', { headers: { 'content-type': 'text/xml' }, body: '<x/>' });
  expect(answer.status).toBe(200);
});

it('OPTIONS * is answered (RFC 9110 9.3.7)', async () => {
  const raw = await sendRaw(
    tested.service.url,
    `OPTIONS * HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nConnection: close\r\n\r\n`,
  );
  expect(raw).toMatch(/^HTTP\/1.1 [24]\d\d /);
});

it('an absolute-form request target is taken for its path (RFC 9112 3.2.2)', async () => {
  const raw = await sendRaw(
    tested.service.url,
    `OPTIONS http://localhost${calendar} HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nConnection: close\r\n\r\n`,
  );
  expect(raw).toMatch(/^HTTP\/1.1 200 /);
  expect(raw).toMatch(/^allow: .*PROPPATCH/im);
});

describe('a method that a resource does not have gets 405 with Allow (RFC 9110 15.5.6)', () => {
  it.each([
    ['LOCK', 'CALENDAR/a.ics'],
    ['UNLOCK', 'CALENDAR/a.ics'],
    ['POST', 'CALENDAR/'],
    ['PATCH', 'CALENDAR/a.ics'],
    ['SEARCH', 'CALENDAR/'],
    ['LINK', 'CALENDAR/a.ics'],
    ['BIND', 'CALENDAR/'],
    ['CHECKOUT', 'CALENDAR/a.ics'],
    ['PURGE', 'CALENDAR/a.ics'],
    ['PUT', 'CALENDAR/'],
    ['GET', '/calendars/user01/'],
    ['GET', '/principals/users/user01/'],
    ['GET', '/'],
    ['HEAD', '/'],
    ['MKCOL', 'CALENDAR/'],
    ['PUT', '/calendars/user01/'],
    ['PUT', '/principals/users/user01/'],
  ])('%s %s', async (method, path) => {
    const answer = await tested.dav(method, url(path));
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toContain('PROPFIND');
    expect(answer.headers.allow?.split(', ')).not.toContain(method);
  });
});

it('what comes and goes with the user cannot be deleted (RFC 4918 9.6, S4)', async () => {
  for (const path of ['/', '/calendars/', '/calendars/user01/', '/principals/', '/principals/users/user01/']) {
    const answer = await tested.dav('DELETE', path);
    expect([path, answer.status]).toEqual([path, expect.toSatisfy((status) => status === 403 || status === 405)]);
  }
});

it('ACL is refused with its precondition, as all rights are protected (RFC 3744 8.1.1)', async () => {
  const answer = await tested.dav('ACL', calendar, { body: '<d:acl xmlns:d="DAV:"/>' });
  expect(refusal(answer)).toBe('403 d:no-protected-ace-conflict');
});

it('every answer carries the DAV header, errors too (clients-and-peers E9)', async () => {
  for (const [method, path] of [
    ['PROPFIND', '/calendars/user01/none/'],
    ['GET', calendar],
    ['LOCK', calendar],
  ] as const) {
    expect((await tested.dav(method, path)).headers['dav']).toContain('calendar-access');
  }
});
