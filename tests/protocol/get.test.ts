import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event } from '../support/calendar-data.js';
import { property } from './dav-xml.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
let etag: string;
const text = event('a', ['SUMMARY:Büro']);
beforeAll(async () => {
  tested = await testedService();
  url = `${await newCalendar(tested.dav)}a.ics`;
  etag = (await put(tested.dav, url, text)).headers.etag ?? '';
});

const get = (headers: Record<string, string> = {}, method = 'GET', path = url) => tested.dav(method, path, { headers });

describe('GET of a member (RFC 4918 9.4, RFC 4791 5.3.4)', () => {
  it('gives the octets, with ETag, Last-Modified, Content-Length and a Content-Type of UTF-8', async () => {
    const { status, body, headers } = await get();
    expect([status, body]).toEqual([200, text]);
    expect(headers).toMatchObject({
      etag,
      'content-type': expect.stringMatching(/^text\/calendar; ?charset=utf-8/),
      'content-length': String(Buffer.byteLength(text)),
      'last-modified': expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
    });
  });

  it('the headers are those that PROPFIND tells (RFC 4918 15.4–15.7)', async () => {
    const { headers } = await get();
    expect(await property(tested.dav, url, 'd:getetag')).toBe(headers.etag);
    expect(await property(tested.dav, url, 'd:getlastmodified')).toBe(headers['last-modified']);
    expect(await property(tested.dav, url, 'd:getcontentlength')).toBe(headers['content-length']);
    expect(await property(tested.dav, url, 'd:getcontenttype')).toBe(headers['content-type']);
  });

  it('HEAD gives the same headers and no body (RFC 9110 9.3.2)', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()];
    expect([head.status, head.body]).toEqual([200, '']);
    const compared = ({ date: _date, ...others }: typeof head.headers) => others;
    expect(compared(head.headers)).toEqual(compared(whole.headers));
  });

  it('what is not there is 404, for HEAD without a body', async () => {
    expect((await get({}, 'GET', `${url}x`)).status).toBe(404);
    expect(await get({}, 'HEAD', `${url}x`)).toMatchObject({ status: 404, body: '' });
  });
});

describe('conditions (RFC 9110 13)', () => {
  it.each([
    ['the ETag', () => etag, 304],
    ['a weak spelling of it', () => `W/${etag}`, 304],
    ['as a proxy that compresses has marked it', () => etag.replace(/"$/, '-gzip"'), 304],
    ['among others', () => `"x", ${etag}`, 304],
    ['*', () => '*', 304],
    ['another one', () => '"x"', 200],
    ['nothing', () => '', 200],
  ])('If-None-Match with %s', async (_what, tag, status) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get({ 'if-none-match': tag() }, method);
      expect([answer.status, answer.headers.etag]).toEqual([status, etag]);
      if (status === 304) expect([answer.body, answer.headers['content-length']]).toEqual(['', undefined]);
    }
  });

  it('If-Match that does not hold: 412', async () => {
    expect((await get({ 'if-match': '"x"' })).status).toBe(412);
    expect((await get({ 'if-match': etag })).status).toBe(200);
    expect((await get({ 'if-match': '*' })).status).toBe(200);
  });

  it('If-Modified-Since: 304 when there was no change since, and it is ignored beside If-None-Match (13.1.3)', async () => {
    const since = { 'if-modified-since': (await get()).headers['last-modified'] ?? '' };
    expect((await get(since)).status).toBe(304);
    expect((await get({ 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' })).status).toBe(200);
    expect((await get({ ...since, 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('a condition on what is not there does not make it 304 or 412', async () => {
    expect((await get({ 'if-none-match': '*' }, 'GET', `${url}x`)).status).toBe(404);
  });
});

describe('GET of a collection', () => {
  const zoned = (uid: string, offset = '+0100') =>
    ics([
      ...['BEGIN:VTIMEZONE', 'TZID:Zone', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', `TZOFFSETFROM:${offset}`],
      ...[
        `TZOFFSETTO:${offset}`,
        'END:STANDARD',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
        `UID:${uid}`,
        'DTSTAMP:20260101T000000Z',
      ],
      ...['DTSTART;TZID=Zone:20261124T100000', 'END:VEVENT'],
    ]);

  it('is one calendar file with all components, each time zone once, and the name', async () => {
    const folder = await calendarWith(
      tested.dav,
      { 'a.ics': zoned('a'), 'b.ics': zoned('b') },
      '<d:displayname>My, own</d:displayname>',
    );
    const { status, body, headers } = await get({}, 'GET', folder);
    expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/calendar/)]);
    expect(body.match(/^BEGIN:VCALENDAR\r$/gm)).toHaveLength(1);
    expect(body.match(/^BEGIN:VTIMEZONE\r$/gm)).toHaveLength(1);
    expect(body.match(/^UID:[ab]\r$/gm)).toHaveLength(2);
    expect(body).toContain('NAME:My\\, own\r\n');
    expect(body).toMatch(/END:VCALENDAR\r\n$/);
  });

  it('a TZID that means two things in two members does so in the file, too: none of the events moves', async () => {
    const folder = await calendarWith(tested.dav, { 'a.ics': zoned('a'), 'b.ics': zoned('b', '+0900') });
    const { body } = await get({}, 'GET', folder);
    expect(body.match(/^TZOFFSETTO:.*$/gm)?.map((line) => line.trim())).toEqual([
      'TZOFFSETTO:+0100',
      'TZOFFSETTO:+0900',
    ]);
    expect(new Set(body.match(/^DTSTART;TZID=.*$/gm)).size).toBe(2);
  });

  it('an empty one is an empty calendar', async () => {
    const { body } = await get({}, 'GET', await newCalendar(tested.dav));
    expect(body).toMatch(/^BEGIN:VCALENDAR\r\n(.*\r\n)*END:VCALENDAR\r\n$/);
  });

  it('its ETag changes with every change inside', async () => {
    const folder = await newCalendar(tested.dav);
    const tag = async () => (await get({}, 'GET', folder)).headers.etag ?? '';
    const first = await tag();
    expect((await get({ 'if-none-match': first }, 'GET', folder)).status).toBe(304);
    await put(tested.dav, `${folder}a.ics`, event('a'));
    const second = await tag();
    await tested.dav('DELETE', `${folder}a.ics`);
    expect(new Set([first, second, await tag()]).size).toBe(3);
    expect((await get({ 'if-none-match': first }, 'GET', folder)).status).toBe(200);
  });
});
