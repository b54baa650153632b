import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic, type DavAnswer } from '../support/dav-client.js';
import { byText, list, refusal } from './dav-xml.js';
import { newCalendar, sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

let names = 0;
const freshUrl = () => `${calendar}m${++names}.ics`;
const put = (url: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<DavAnswer> =>
  tested.dav('PUT', url, { headers: { 'content-type': 'text/calendar; charset=utf-8', ...headers }, body });

describe('octets come back as they were sent (P3, RFC 4791 5.3.4)', () => {
  const folded = event('U', ['DESCRIPTION:A long', '  text that\\n is ', '\tfolded\\, oddly', 'x-unknown;A="b:c":1']);
  it.each([
    ['CRLF', event('U')],
    ['LF alone', event('U').replaceAll('\r\n', '\n')],
    ['no line end at the end', event('U').trimEnd()],
    ['folded lines', folded],
    [
      'unknown properties, parameters and components',
      event('U', ['X-A;B=C:d', 'FOO:bar', 'BEGIN:X-COMP', 'X-P:1', 'END:X-COMP']),
    ],
    ['non-ASCII', event('U', ['SUMMARY:Büro ☃ 日本 😀 e\u0301'])],
    ['a byte order mark', `\uFEFF${event('U')}`],
    ['lower case names', event('U').replace('DTSTART', 'dtstart').replace('BEGIN:VEVENT', 'begin:vevent')],
    ['trailing empty lines', `${event('U')}\r\n\r\n`],
    ['a line folded inside a UTF-8 sequence', event('U', ['SUMMARY:B\u00fcro']).replace('\u00fc', '\u00fc\r\n ')],
  ])('%s', async (_what, text) => {
    const url = freshUrl();
    const sent = text.replaceAll('UID:U', `UID:${url}`);
    const answer = await put(url, sent);
    expect(answer.status).toBe(201);
    const got = await tested.dav('GET', url);
    expect(got.body).toBe(sent);
    expect(got.headers.etag).toBe(answer.headers.etag);
    expect(got.headers['content-length']).toBe(String(Buffer.byteLength(sent)));
  });

  it('control of every octet: Latin-1 supplement, emoji, and a long description', async () => {
    const text = event('all', [
      `DESCRIPTION:${Array.from({ length: 400 }, (_, code) => String.fromCodePoint(0xa0 + code)).join('')}`,
    ]);
    await put(`${calendar}all.ics`, text);
    const { hostname, port } = new URL(tested.service.url);
    const raw = await fetch(`http://${hostname}:${port}${calendar}all.ics`, {
      headers: { authorization: basic('user01', 'user01') },
    });
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(Buffer.from(text));
  });
});

describe('creates and replaces (RFC 4918 9.7, RFC 9110 9.3.4)', () => {
  it('201 for a new member, 204 for a changed one, each with a strong ETag that is another one each time', async () => {
    const url = freshUrl();
    const first = await put(url, event(url));
    const second = await put(url, event(url, ['SUMMARY:Second']));
    expect([first.status, second.status]).toEqual([201, 204]);
    expect(first.headers.etag).toMatch(/^"[^"]+"$/);
    expect(second.headers.etag).toMatch(/^"[^"]+"$/);
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect((await tested.dav('GET', url)).body).toContain('SUMMARY:Second');
  });

  it('a PUT to a collection is 405, to a missing collection 409, to a home 405, beside the collections 403', async () => {
    expect((await put(calendar, event('x'))).status).toBe(405);
    expect((await put('/calendars/user01/missing/x.ics', event('x'))).status).toBe(409);
    expect((await put('/calendars/user01/', event('x'))).status).toBe(405);
    expect(refusal(await put('/calendars/user01/x.ics', event('x')))).toBe('403 c:calendar-collection-location-ok');
    expect((await put('/x.ics', event('x'))).status).toBe(409);
    expect((await put(`${calendar}sub/x.ics`, event('x'))).status).toBe(409);
  });

  it('Content-Range is refused: no part of a resource is taken for the whole (RFC 9110 14.5)', async () => {
    const url = freshUrl();
    expect((await put(url, event(url), { 'content-range': 'bytes 0-10/200' })).status).toBe(400);
    expect((await tested.dav('GET', url)).status).toBe(404);
  });

  it('a compressed body is not taken for calendar data (RFC 9110 8.4)', async () => {
    const url = freshUrl();
    const answer = await put(url, event(url), { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(415);
    expect((await tested.dav('GET', url)).status).toBe(404);
  });

  it('chunked transfer encoding and Expect: 100-continue', async () => {
    const url = freshUrl();
    const body = Buffer.from(event(url));
    const half = Math.floor(body.length / 2);
    const chunk = (octets: Buffer) =>
      Buffer.concat([Buffer.from(`${octets.length.toString(16)}\r\n`), octets, Buffer.from('\r\n')]);
    const head = `PUT ${url} HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nContent-Type: text/calendar\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`;
    const raw = await sendRaw(
      tested.service.url,
      Buffer.concat([
        Buffer.from(head),
        chunk(body.subarray(0, half)),
        chunk(body.subarray(half)),
        Buffer.from('0\r\n\r\n'),
      ]),
    );
    expect(raw).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
    expect((await tested.dav('GET', url)).body).toBe(body.toString());
  });

  it.each([
    undefined,
    'text/calendar',
    'TEXT/Calendar;charset="UTF-8"',
    'text/calendar; component=vevent; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    'text/calendar; charset=us-ascii',
  ])('Content-Type: %s is taken', async (type) => {
    const url = freshUrl();
    const answer = await tested.dav('PUT', url, {
      body: event(url),
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    });
    expect(answer.status).toBe(201);
    expect((await tested.dav('GET', url)).headers['content-type']).toMatch(/^text\/calendar/);
  });
});

describe('Prefer: return=representation (RFC 8144 3, RFC 7240 4.2)', () => {
  it('gives back what is stored, with Content-Type, ETag and Preference-Applied', async () => {
    const url = freshUrl();
    const text = event(url);
    const created = await put(url, text, { prefer: 'return=representation' });
    expect([created.status, created.body]).toEqual([201, text]);
    expect(created.headers).toMatchObject({
      'preference-applied': 'return=representation',
      'content-type': expect.stringMatching(/^text\/calendar/),
      etag: expect.any(String),
    });
    const changed = await put(url, event(url, ['SUMMARY:Changed']), { prefer: 'return=representation' });
    expect([changed.status, changed.body]).toEqual([200, event(url, ['SUMMARY:Changed'])]);
  });

  it('on 412 the current representation may be left out, but it is still 412 (RFC 8144 3.2)', async () => {
    const url = freshUrl();
    await put(url, event(url));
    expect((await put(url, event(url), { 'if-none-match': '*', prefer: 'return=representation' })).status).toBe(412);
  });

  it('preferences that are not known are ignored', async () => {
    const url = freshUrl();
    expect((await put(url, event(url), { prefer: 'respond-async, wait=10, return=everything;;,' })).status).toBe(201);
  });
});

it('many PUTs at once to one new URL: one of them creates it', async () => {
  const url = freshUrl();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => put(url, event(url, [`SUMMARY:${index}`]), { 'if-none-match': '*' })),
  );
  expect(answers.map(({ status }) => status).sort(byText)).toEqual([201, ...Array.from({ length: 9 }, () => 412)]);
});

it('many PUTs at once of one UID to several URLs: one of them gets it (RFC 4791 5.3.2.1)', async () => {
  const url = await newCalendar(tested.dav);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => put(`${url}${index}.ics`, event('same'))));
  expect(answers.map(refusal).sort(byText)).toEqual([
    '201',
    ...Array.from({ length: 9 }, () => '403 c:no-uid-conflict'),
  ]);
  expect(await list(tested.dav, url, 'd:getetag')).toHaveLength(2);
});
