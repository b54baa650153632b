import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { xml } from './dav-xml.js';
import { demandAlive, newCalendar, put, sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  url = await newCalendar(tested.dav);
  await put(tested.dav, `${url}a.ics`, event('a'));
});

afterEach(() => demandAlive(tested));

const xmlMethods = ['PROPFIND', 'PROPPATCH', 'REPORT', 'MKCALENDAR', 'MKCOL'];
const send = (method: string, body: string | Uint8Array, type = 'text/xml') =>
  tested.dav(method, method.startsWith('MK') ? '/calendars/user01/hostile/' : url, {
    headers: { 'content-type': type, depth: '0' },
    body,
  });
const request = '<d:propfind xmlns:d="DAV:"><d:prop><d:displayname/></d:prop></d:propfind>';

describe.each(xmlMethods)('XML bodies of %s (RFC 4918 8.2, 17, 20)', (method) => {
  it.each([
    ['a document type', `<!DOCTYPE x>${request}`],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><d:propfind xmlns:d="DAV:"><d:prop>&e;</d:prop></d:propfind>`,
    ],
    ['an external DTD', `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${request}`],
    [
      'billion laughs',
      `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><d:propfind xmlns:d="DAV:">&c;</d:propfind>`,
    ],
    ['an entity that is not declared', '<d:propfind xmlns:d="DAV:">&nbsp;</d:propfind>'],
    ['a style sheet', `<?xml-stylesheet href="x"?>${request}`],
    ['an element that is not ended', '<d:propfind xmlns:d="DAV:">'],
    ['two roots', request + request],
    ['text alone', 'hello'],
    ['a prefix that is not declared', '<d:propfind/>'],
    ['an attribute twice', '<d:propfind xmlns:d="DAV:" a="1" a="2"/>'],
    ['a control character', '<d:propfind xmlns:d="DAV:">&#0;</d:propfind>'],
    ['invalid UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0x2f, 0x3e])],
    ['white space alone', ' \n '],
  ])('%s: 400', async (_what, body) => {
    expect((await send(method, body)).status).toBe(400);
  });

  it('elements nested 10,000 deep, and 200,000 elements: 413', async () => {
    expect((await send(method, '<a>'.repeat(10_000) + '</a>'.repeat(10_000))).status).toBe(413);
    expect((await send(method, `<a>${'<b/>'.repeat(200_000)}</a>`)).status).toBe(413);
  });

  it('more octets than a body may have: 413, announced or not', async () => {
    const size = 9 * 1_048_576;
    const head = `${method} ${url} HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nContent-Type: text/xml\r\n`;
    expect(await sendRaw(tested.service.url, `${head}Content-Length: ${size}\r\n\r\n<a>`)).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `100000\r\n${' '.repeat(1_048_576)}\r\n`;
    const raw = await sendRaw(tested.service.url, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(9)}`);
    // The connection ends with the answer; who is still writing then may not get to see it.
    expect(raw).toMatch(/^(HTTP\/1.1 413 |$)/);
  });

  it.each(['application/json', 'text/html', 'text/calendar', 'multipart/form-data; boundary=x', 'image/png'])(
    '%s: 415',
    async (type) => {
      expect((await send(method, request, type)).status).toBe(415);
    },
  );

  it('an encoding that is not understood: 415', async () => {
    expect((await send(method, request, 'text/xml; charset=iso-8859-5')).status).toBe(415);
    expect((await send(method, `<?xml version="1.0" encoding="koi8-r"?>${request}`)).status).toBe(415);
  });
});

describe('XML that is unusual and right is understood', () => {
  it.each([
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${request}`, 'utf16le'), 'text/xml'],
    ['a byte order mark', `\uFEFF${request}`, 'application/xml'],
    ['application/xml with a charset', request, 'application/xml; charset="UTF-8"'],
    [
      'comments, CDATA and instructions',
      `<?xml version="1.0"?><!-- x --><?x y?>${request.replace('<d:prop>', '<d:prop><!-- y --><![CDATA[ ]]>')}<!-- z -->`,
      'text/xml',
    ],
    ['default namespaces', '<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>', 'text/xml'],
    ['no Content-Type to speak of', request, 'application/octet-stream'],
  ])('%s', async (_what, body, type) => {
    expect((await send('PROPFIND', body, type)).status).toBe(207);
  });
});

describe('headers that are none (RFC 9110 5)', () => {
  it.each([
    ['Depth', 'x'.repeat(10_000)],
    ['Depth', '1e9'],
    ['Destination', '/%00'],
    ['If', '('.repeat(5_000)],
    ['If', `(${'["x"]'.repeat(1_500)})`],
    ['Overwrite', '\u00ff'],
    ['Content-Type', ';;;==='],
    ['Prefer', `${'a='.repeat(3_000)}`],
    ['If-Match', '"'.repeat(8_000)],
    ['If-None-Match', 'W/'.repeat(4_000)],
    ['Authorization', `Basic ${'A'.repeat(12_000)}`],
  ])('%s: never a 5xx', async (name, value) => {
    for (const method of ['PROPFIND', 'COPY', 'PUT', 'GET']) {
      const answer = await tested.dav(method, `${url}a.ics`, {
        headers: { [name]: value },
        ...(method === 'PUT' ? { body: 'x' } : {}),
      });
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('more headers than can be: 431', async () => {
    const raw = await sendRaw(
      tested.service.url,
      `GET / HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1.1 431 /);
  });

  it.each([
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      'a length and chunks (request smuggling, RFC 9112 6.1)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n',
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello',
    ],
    ['a length below zero', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\nConnection: close\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
  ])('%s: 400', async (_what, octets) => {
    expect(await sendRaw(tested.service.url, octets)).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('calendar data that is none', () => {
  it.each([
    ['components nested 20,000 deep', `${'BEGIN:X-A\r\n'.repeat(20_000)}`],
    ['a line of 900,000 octets', `BEGIN:VCALENDAR\r\n${'X'.repeat(900_000)}`],
    ['a parameter that does not end', event('x', [`SUMMARY;A="${'x'.repeat(100_000)}`])],
    ['200,000 lines', 'A:B\r\n'.repeat(200_000)],
    ['one line in 300,000 folds', `BEGIN:VCALENDAR\r\nX:${'\r\n x'.repeat(250_000)}`],
    ['NUL', event('x', ['SUMMARY:\0'])],
    [
      'a rule that names everything',
      event('x', [`RRULE:FREQ=YEARLY;BYDAY=${Array.from({ length: 20_000 }, () => 'MO').join(',')}`]),
    ],
    ['a rule that never fits', event('x', ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31'])],
    ['a duration of ages', event('x', ['DTSTART:20260101T000000Z', 'DURATION:P99999999999W'])],
    ['a very large COUNT and INTERVAL', event('x', ['RRULE:FREQ=DAILY;COUNT=999999999999;INTERVAL=999999999'])],
  ])('%s: an answer below 500, and the listing still works', async (what, body) => {
    const folder = await newCalendar(tested.dav);
    expect(
      (await tested.dav('PUT', `${folder}h.ics`, { headers: { 'content-type': 'text/calendar' }, body })).status,
    ).toBeLessThan(500);
    const range =
      '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="20260101T000000Z" end="20700101T000000Z"/></c:comp-filter></c:comp-filter></c:filter>';
    const expand =
      '<d:prop><c:calendar-data><c:expand start="20260101T000000Z" end="20270101T000000Z"/></c:calendar-data></d:prop>';
    const answer = await tested.dav('REPORT', folder, {
      headers: { depth: '1' },
      body: xml('c:calendar-query', expand + range),
    });
    expect([what, answer.status]).toEqual([what, 207]);
    expect(answer.body).toMatch(/<\/d:multistatus>$/);
  });
});
