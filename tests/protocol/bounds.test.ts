import { connect } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { newCalendar, put, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

/** Writes several requests down one connection at once, the last of which closes it; gives all that comes back. */
function pipelined(requests: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(tested.service.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(requests.join('')));
    let answers = '';
    socket.on('data', (piece: Buffer) => {
      answers += piece.toString();
    });
    socket.on('close', () => resolve(answers));
    socket.on('error', reject);
  });
}

it('requests that are sent down one connection at once are carried out in their order (RFC 9112 9.3.2)', async () => {
  const url = await newCalendar(tested.dav);
  const body = event('a');
  const head = `Host: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\n`;
  const request = (method: string, text = '', more = '') =>
    `${method} ${url}a.ics HTTP/1.1\r\n${head}${more}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const answers = await pipelined([
    request('PUT', body),
    request('GET'),
    request('DELETE'),
    request('GET', '', 'Connection: close\r\n'),
  ]);
  expect([...answers.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)).toEqual([
    '201',
    '200',
    '204',
    '404',
  ]);
});

it('more than 300 properties are not asked for at once: 413', async () => {
  const names = Array.from({ length: 301 }, (_, index) => `<x${index}/>`).join('');
  const answer = await tested.dav('PROPFIND', '/calendars/user01/', {
    headers: { depth: '1' },
    body: `<d:propfind xmlns:d="DAV:" xmlns="urn:x"><d:prop>${names}</d:prop></d:propfind>`,
  });
  expect(answer.status).toBe(413);
});

it('attributes count like elements: 413', async () => {
  const attributes = Array.from({ length: 100_001 }, (_, index) => `a${index}=""`).join(' ');
  const body = `<d:propfind xmlns:d="DAV:"><d:prop><x ${attributes}/></d:prop></d:propfind>`;
  expect((await tested.dav('PROPFIND', '/', { headers: { depth: '0' }, body })).status).toBe(413);
});

it('a resource keeps a megabyte of dead properties at most: 507, and what it has stays', async () => {
  const url = await newCalendar(tested.dav);
  const patch = (index: number) =>
    tested.dav('PROPPATCH', url, {
      body: `<d:propertyupdate xmlns:d="DAV:" xmlns="urn:x"><d:set><d:prop><p${index}>${'x'.repeat(60_000)}</p${index}></d:prop></d:set></d:propertyupdate>`,
    });
  const statuses = [];
  for (let index = 0; index < 18; index += 1) statuses.push((await patch(index)).status);
  expect(statuses).toEqual([...Array.from({ length: 17 }, () => 207), 507]);
});

it.each([
  ['If-Match of another state', { 'if-match': '"x-1"' }, 412],
  ['If-None-Match: *', { 'if-none-match': '*' }, 412],
  ['If-Unmodified-Since before the last change', { 'if-unmodified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' }, 412],
  ['If-Match: *', { 'if-match': '*' }, 207],
])('PROPPATCH heeds %s (RFC 9110 13)', async (_what, headers, status) => {
  const url = await newCalendar(tested.dav);
  await put(tested.dav, `${url}a.ics`, event('a'));
  const body =
    '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><p xmlns="urn:x">1</p></d:prop></d:set></d:propertyupdate>';
  expect((await tested.dav('PROPPATCH', `${url}a.ics`, { headers, body })).status).toBe(status);
});

it.each(['foo', ';', '/', 'text'])(
  'a Content-Type that is none is answered by DAV, not by the framework: %j',
  async (type) => {
    const url = await newCalendar(tested.dav);
    const answer = await tested.dav('PUT', `${url}a.ics`, { headers: { 'content-type': type }, body: event('a') });
    expect([answer.status, answer.headers['content-type'] ?? 'application/xml']).toEqual([
      expect.toBeOneOf([201, 403]),
      expect.stringContaining('application/xml'),
    ]);
    expect(answer.headers['dav']).toContain('calendar-access');
  },
);

it('an href that cannot be decoded is answered by DAV, too', async () => {
  const answer = await tested.dav('PROPFIND', '/calendars/%zz', { headers: { depth: '0' } });
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('<d:error')]);
});

it('an expansion of series over all of time is refused for each of them, and the others are told', async () => {
  const url = await newCalendar(tested.dav);
  await put(tested.dav, `${url}daily.ics`, event('daily', ['RRULE:FREQ=DAILY']));
  await put(tested.dav, `${url}once.ics`, event('once'));
  const body = `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data><c:expand start="20200101T000000Z" end="22200101T000000Z"/></c:calendar-data></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>`;
  const answer = await tested.dav('REPORT', url, { headers: { depth: '1' }, body });
  expect(answer.status).toBe(207);
  expect(answer.body).toMatch(
    /daily\.ics<\/d:href><d:status>HTTP\/1\.1 403 Forbidden<\/d:status><d:error><c:max-instances\/>/,
  );
  expect(answer.body).toContain('UID:once');
});
