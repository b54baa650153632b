import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as calendarText, event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { addTo, attachLines, fetchRaw, managedIdOf, pathOf, unfolded } from './attachment-client.js';
import { refusal } from './dav-xml.js';
import { hostOf, newCalendar, put, sendRaw, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

let names = 0;
const freshUrl = (): string => `${calendar}p${++names}.ics`;
const textOf = async (url: string): Promise<string> => (await tested.dav('GET', url)).body;
const get = (path: string) => fetchRaw(tested, path, { authorization: basic('user01', 'user01') });

/** An event with one attachment, and its ATTACH line. */
async function attached(content = 'content'): Promise<{ url: string; text: string; line: string; managedId: string }> {
  const url = freshUrl();
  await put(tested.dav, url, event(url));
  const managedId = managedIdOf(await addTo(tested.dav, url, content));
  const text = await textOf(url);
  return { url, text, line: attachLines(text)[0] ?? '', managedId };
}

/** Until what process managers do has been done. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await check()) return;
    await delay(50);
  }
  throw new Error('it did not come to be so');
}

describe('A5: managed attachments in a PUT (RFC 8607 3.7 – 3.9)', () => {
  it('are kept, octet for octet, with an ETag', async () => {
    const { url, text, line } = await attached();
    const changed = text.replace('SUMMARY:', 'SUMMARY:Changed ');
    const answer = await put(tested.dav, url, changed);
    expect(answer.headers.etag).toBeDefined();
    expect(await textOf(url)).toBe(changed);
    expect((await get(pathOf(line))).status).toBe(200);
  });

  it('are dropped when they are left out', async () => {
    const { url, line } = await attached();
    await put(tested.dav, url, event(url));
    await eventually(async () => (await get(pathOf(line))).status === 404);
  });

  it('are used in another calendar by the same user, with the same id and URL', async () => {
    const { line } = await attached('shared by two');
    const other = `${await newCalendar(tested.dav)}copy.ics`;
    const text = event('copy', [line]);
    const answer = await put(tested.dav, other, text);
    expect([answer.status, answer.headers.etag === undefined]).toEqual([201, false]);
    expect(await textOf(other)).toBe(text);
    expect((await get(pathOf(line))).octets.toString()).toBe('shared by two');
  });

  it('stay while one of two objects refers to them', async () => {
    const { url, line } = await attached();
    const other = freshUrl();
    await put(tested.dav, other, event(other, [line]));
    await tested.dav('DELETE', url);
    expect((await get(pathOf(line))).status).toBe(200);
    await tested.dav('DELETE', other);
    expect((await get(pathOf(line))).status).toBe(404);
  });

  it('can be used again while they wait for their removal', async () => {
    const { url, line } = await attached('undo');
    await tested.dav('DELETE', url);
    expect((await get(pathOf(line))).status).toBe(404);
    await put(tested.dav, url, event(url, [line]));
    expect((await get(pathOf(line))).octets.toString()).toBe('undo');
  });

  it.each([
    ['SIZE', 'SIZE=7', 'SIZE=9999'],
    ['FMTTYPE', 'FMTTYPE=text/plain', 'FMTTYPE=text/html'],
    ['FILENAME', 'FILENAME=agenda.txt', 'FILENAME=evil.exe'],
    ['the URL', /http:\/\/[^/]+/, 'https://evil.example'],
    ['all parameters', /^ATTACH;[^:]*(?=:http)/, 'ATTACH'],
  ])("the server's own word wins: %s; without an ETag, as what is stored differs", async (_what, right, wrong) => {
    const { url, text, line } = await attached();
    const sent = unfolded(text).replace(line, line.replace(right, wrong));
    expect(sent).not.toBe(unfolded(text));
    const answer = await put(tested.dav, url, sent);
    expect(answer.headers.etag).toBeUndefined();
    expect(attachLines(await textOf(url))).toEqual([line]);
  });

  it('unknown ids are refused with 403 valid-managed-id-parameter, and nothing changes', async () => {
    const { url, text, line } = await attached();
    const sent = unfolded(text).replace(/MANAGED-ID=\w+/, 'MANAGED-ID=nobodys');
    expect(refusal(await tested.dav('PUT', url, { body: sent }))).toBe('403 c:valid-managed-id-parameter');
    expect(attachLines(await textOf(url))).toEqual([line]);
    const fresh = freshUrl();
    expect(refusal(await tested.dav('PUT', fresh, { body: event(fresh, [line.replace(/ID=\w+/, 'ID=x')]) }))).toBe(
      '403 c:valid-managed-id-parameter',
    );
  });

  it("another user's are refused, by id and as a link that leads nowhere (3.12.2)", async () => {
    const { line } = await attached();
    const url = `${await newCalendar(tested.stranger, '', '/calendars/user02/')}x.ics`;
    const byId = await tested.stranger('PUT', url, { body: event('x', [line]) });
    expect(refusal(byId)).toBe('403 c:valid-managed-id-parameter');
    const link = line.replace(/^ATTACH;.*?:(?=http)/, 'ATTACH:');
    await put(tested.stranger, url, event('x', [link]));
    expect((await tested.stranger('GET', pathOf(link))).status).toBe(404);
  });

  it('plain links stay as they are (P3)', async () => {
    const url = freshUrl();
    const text = event(url, ['ATTACH;FMTTYPE=application/pdf:https://example.org/attachments/a/b/c', 'ATTACH:CID:x@y']);
    const answer = await put(tested.dav, url, text);
    expect(answer.headers.etag).toBeDefined();
    expect(await textOf(url)).toBe(text);
  });

  it('COPY and MOVE keep what is referred to', async () => {
    const { url, line } = await attached('moved');
    const other = await newCalendar(tested.dav);
    const headers = (name: string) => ({ headers: { destination: `${other}${name}` } });
    expect((await tested.dav('COPY', url, headers('copy.ics'))).status).toBe(201);
    await tested.dav('DELETE', `${other}copy.ics`);
    expect((await tested.dav('MOVE', url, headers('moved.ics'))).status).toBe(201);
    expect(attachLines(await textOf(`${other}moved.ics`))).toEqual([line]);
    await eventually(async () => (await get(pathOf(line))).status === 200);
    expect((await tested.dav('MOVE', `${other}moved.ics`, headers('again.ics'))).status).toBe(201);
    await eventually(async () => (await get(pathOf(line))).status === 200);
    await tested.dav('DELETE', other);
    await eventually(async () => (await get(pathOf(line))).status === 404);
  });
});

describe('A5, A6: inline attachments become managed ones', () => {
  const letters = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');
  const folded = (line: string): string => (line.match(/.{1,74}/g) ?? []).join('\r\n ');
  const content = Buffer.from(Array.from({ length: 3_000 }, (_, index) => (index * 31) & 255));

  it('with type and name of the property, whose other parameters stay', async () => {
    const url = freshUrl();
    const sent = event(url, [
      folded(`ATTACH;VALUE=BINARY;FMTTYPE=image/png;ENCODING=BASE64;X-FILENAME="a b.png";X-MINE=1:${letters(content)}`),
      'LOCATION:here',
    ]);
    const answer = await put(tested.dav, url, sent);
    expect([answer.status, answer.headers.etag]).toEqual([201, undefined]);
    const text = await textOf(url);
    const [line, ...others] = attachLines(text);
    expect(others).toEqual([]);
    expect(line).toMatch(
      /^ATTACH;MANAGED-ID=\w+;FMTTYPE=image\/png;SIZE=3000;FILENAME="a b.png";X-FILENAME="a b.png";X-MINE=1:http/,
    );
    expect(text).toContain('LOCATION:here');
    expect((await get(pathOf(line))).octets.equals(content)).toBe(true);
    const again = await put(tested.dav, url, text);
    expect(again.headers.etag).toBeDefined();
    expect(await textOf(url)).toBe(text);
  });

  it('several of them, beside a managed one and a link', async () => {
    const { url, text, line } = await attached();
    const more = [1, 2, 3].map((each) => `ATTACH;ENCODING=BASE64;VALUE=BINARY:${letters(Buffer.from(`no. ${each}`))}`);
    const sent = text.replace('SUMMARY', [...more, 'ATTACH:https://example.org/x', 'SUMMARY'].join('\r\n'));
    await put(tested.dav, url, sent);
    const lines = attachLines(await textOf(url));
    expect(lines).toHaveLength(5);
    expect(lines).toContain(line);
    const managed = lines.filter((one) => one.includes('MANAGED-ID') && one !== line);
    const contents = await Promise.all(managed.map(async (one) => (await get(pathOf(one))).octets.toString()));
    expect(contents).toEqual(['no. 1', 'no. 2', 'no. 3']);
  });

  it('of 3 MiB, though an object may have one: the content is not counted to the object', async () => {
    const url = freshUrl();
    const large = Buffer.alloc(3 * 1_048_576, 'almanac ');
    const sent = event(url, [folded(`ATTACH;ENCODING=BASE64;VALUE=BINARY:${letters(large)}`)]);
    await put(tested.dav, url, sent);
    const [line] = attachLines(await textOf(url));
    expect((await get(pathOf(line))).octets.equals(large)).toBe(true);
    const words = await tested.dav('PUT', freshUrl(), { body: event('x', [`DESCRIPTION:${'x'.repeat(1_048_576)}`]) });
    expect(refusal(words)).toBe('403 c:max-resource-size');
  });

  it('the sound of an alarm stays where it is', async () => {
    const url = freshUrl();
    const alarm = [
      'BEGIN:VALARM',
      'ACTION:AUDIO',
      'TRIGGER:-PT5M',
      'ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA',
      'END:VALARM',
    ];
    const text = event(url, alarm);
    await put(tested.dav, url, text);
    expect(await textOf(url)).toBe(text);
  });

  it.each(['AA*A', 'AAAAA', 'A=AA'])('what is no base64 is refused and stores nothing: %s', async (value) => {
    const url = freshUrl();
    const answer = await tested.dav('PUT', url, { body: event(url, [`ATTACH;ENCODING=BASE64;VALUE=BINARY:${value}`]) });
    expect(refusal(answer)).toBe('403 c:valid-calendar-data');
    expect((await tested.dav('GET', url)).status).toBe(404);
  });

  it('a PUT that is refused for its conditions leaves no attachment that counts', async () => {
    const { url, text } = await attached();
    const used = async () => Number(/<d:quota-used-bytes>(\d+)</.exec((await quota()).body)?.[1]);
    const quota = () =>
      tested.dav('PROPFIND', '/calendars/user01/', {
        headers: { depth: '0' },
        body: '<d:propfind xmlns:d="DAV:"><d:prop><d:quota-used-bytes/></d:prop></d:propfind>',
      });
    const before = await used();
    const sent = text.replace('SUMMARY', `ATTACH;ENCODING=BASE64;VALUE=BINARY:${letters(content)}\r\nSUMMARY`);
    expect((await tested.dav('PUT', url, { headers: { 'if-match': '"other"' }, body: sent })).status).toBe(412);
    expect(await used()).toBe(before);
  });

  it('an upload that breaks off in the middle leaves the object as it was', async () => {
    const { url, text } = await attached();
    const head = [
      `PUT ${url} HTTP/1.1`,
      `Host: ${hostOf(tested)}`,
      `Authorization: ${basic('user01', 'user01')}`,
      'Content-Type: text/calendar',
      'Content-Length: 900000',
    ].join('\r\n');
    const begun = text.slice(0, text.indexOf('SUMMARY')) + `ATTACH;ENCODING=BASE64;VALUE=BINARY:${'A'.repeat(4_000)}`;
    const sending = sendRaw(tested.service.url, `${head}\r\nConnection: close\r\n\r\n${begun}`);
    await Promise.race([sending, delay(300)]);
    expect(await textOf(url)).toBe(text);
  });

  it('a chunked body is taken piece by piece', async () => {
    const url = freshUrl();
    const body = Buffer.from(event(url, [folded(`ATTACH;ENCODING=BASE64;VALUE=BINARY:${letters(content)}`)]));
    const chunks: Buffer[] = [];
    for (let at = 0; at < body.length; at += 97) {
      const piece = body.subarray(at, at + 97);
      chunks.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
    }
    const head = [
      `PUT ${url} HTTP/1.1`,
      `Host: ${hostOf(tested)}`,
      `Authorization: ${basic('user01', 'user01')}`,
      'Content-Type: text/calendar',
      'Transfer-Encoding: chunked',
      'Connection: close',
    ].join('\r\n');
    const raw = await sendRaw(
      tested.service.url,
      Buffer.concat([Buffer.from(`${head}\r\n\r\n`), ...chunks, Buffer.from('0\r\n\r\n')]),
    );
    expect(raw).toMatch(/^HTTP\/1.1 201 /);
    const [line] = attachLines(await textOf(url));
    expect((await get(pathOf(line))).octets.equals(content)).toBe(true);
  });
});

it('A5: an object whose lines end with LF alone keeps them', async () => {
  const url = freshUrl();
  const text = calendarText([
    'BEGIN:VEVENT',
    'UID:lf',
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20261124T100000Z',
    'END:VEVENT',
  ]);
  await put(tested.dav, url, text.replaceAll('\r\n', '\n'));
  expect((await addTo(tested.dav, url, 'x')).status).toBe(201);
  expect(await textOf(url)).not.toContain('\r');
});
