import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { addTo, attachLines, fetchRaw, managedIdOf, pathOf, post, unfolded } from './attachment-client.js';
import { property, refusal } from './dav-xml.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

let names = 0;
async function newEvent(lines: readonly string[] = []): Promise<string> {
  const url = `${calendar}m${++names}.ics`;
  await put(tested.dav, url, event(url, lines));
  return url;
}
const textOf = async (url: string): Promise<string> => (await tested.dav('GET', url)).body;
const get = (path: string, headers: Record<string, string> = {}) =>
  fetchRaw(tested, path, { authorization: basic('user01', 'user01'), ...headers });

const daily = ['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z', 'RRULE:FREQ=DAILY;COUNT=5'];

describe('discovery (RFC 8607 3.2, 6)', () => {
  it('A2: DAV tells of managed attachments, and Allow lists POST on members', async () => {
    const url = await newEvent();
    for (const path of ['/calendars/user01/', calendar, url]) {
      const { headers } = await tested.dav('OPTIONS', path);
      expect(headers['dav']).toMatch(/(^|, )calendar-managed-attachments(,|$)/);
      expect(headers['dav']).not.toContain('no-recurrence');
    }
    expect((await tested.dav('OPTIONS', url)).headers.allow).toContain('POST');
  });

  it('A2: the properties are there, protected, and not in allprop', async () => {
    expect(await property(tested.dav, '/calendars/user01/', 'c:managed-attachments-server-URL')).toBe('');
    expect(await property(tested.dav, calendar, 'c:max-attachment-size')).toBe('52428800');
    expect(await property(tested.dav, calendar, 'c:max-attachments-per-resource')).toBe('100');
    const all = await tested.dav('PROPFIND', calendar, { headers: { depth: '0' } });
    expect(all.body).not.toContain('attachment');
    const body =
      '<d:propertyupdate xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><c:max-attachment-size>1</c:max-attachment-size></d:prop></d:set></d:propertyupdate>';
    expect((await tested.dav('PROPPATCH', calendar, { body })).body).toContain('403');
  });

  it('A3: macOS is told to keep attachments to the series', async () => {
    const agents = ['Mac+OS+X/10.11 (15A283) CalendarAgent/361', 'macOS/13.4 (22F66) dataaccessd/1.0'];
    for (const agent of agents) {
      const { headers } = await tested.dav('OPTIONS', '/calendars/user01/', { headers: { 'user-agent': agent } });
      expect(headers['dav']).toContain('calendar-managed-attachments, calendar-managed-attachments-no-recurrence');
    }
  });
});

describe('add (RFC 8607 3.4)', () => {
  it('A1, A2: 201 with Cal-Managed-ID; ATTACH has MANAGED-ID, FMTTYPE, SIZE, FILENAME and the URL of the data', async () => {
    const url = await newEvent(['DESCRIPTION:as it was']);
    const before = await textOf(url);
    const answer = await addTo(tested.dav, url, 'The agenda.', { type: 'text/plain; charset=utf-8' });
    expect([answer.status, answer.body]).toEqual([201, '']);
    const managedId = managedIdOf(answer);
    expect(managedId).toMatch(/^[\w-]{20,}$/);
    const text = await textOf(url);
    const [line, ...others] = attachLines(text);
    expect(others).toEqual([]);
    expect(line).toMatch(
      new RegExp(
        `^ATTACH;MANAGED-ID=${managedId};FMTTYPE=text/plain;SIZE=11;FILENAME=agenda.txt:http://[^/]+/attachments/user01/${managedId}/agenda.txt$`,
      ),
    );
    expect(unfolded(text).replace(`${line}\r\n`, '')).toBe(before);
    expect(answer.headers.location).toBe(pathOf(line));
    const data = await get(pathOf(line));
    expect([data.status, data.octets.toString()]).toEqual([200, 'The agenda.']);
  });

  it('A2: Prefer: return=representation gives the object with its ETag and Content-Location', async () => {
    const url = await newEvent();
    const answer = await addTo(tested.dav, url, 'x', { headers: { prefer: 'return=representation' } });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'content-location': url,
      'content-type': expect.stringContaining('text/calendar'),
      'preference-applied': 'return=representation',
    });
    const now = await tested.dav('GET', url);
    expect([answer.body, answer.headers.etag]).toEqual([now.body, now.headers.etag]);
    expect(attachLines(answer.body)).toHaveLength(1);
  });

  it('A2: the ETag of the object and the sync token change', async () => {
    const url = await newEvent();
    const before = (await tested.dav('GET', url)).headers.etag;
    const token = await property(tested.dav, calendar, 'd:sync-token');
    await addTo(tested.dav, url, 'x');
    expect((await tested.dav('GET', url)).headers.etag).not.toBe(before);
    expect(await property(tested.dav, calendar, 'd:sync-token')).not.toBe(token);
  });

  it.each([
    ['attachment; filename="an agenda; final.txt"', 'FILENAME="an agenda; final.txt"'],
    [`attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt`, 'FILENAME="größe.txt"'],
    ['attachment; filename="../../etc/passwd"', 'FILENAME=passwd'],
    [null, 'FILENAME=attachment'],
  ])('A2: Content-Disposition %s names it (RFC 6266, RFC 8187)', async (disposition, parameter) => {
    const url = await newEvent();
    const answer = await addTo(tested.dav, url, 'x', { disposition });
    expect(answer.status).toBe(201);
    const [line] = attachLines(await textOf(url));
    expect(line).toContain(`;${parameter}:`);
    expect((await get(pathOf(line))).status).toBe(200);
  });

  it('A2: without rid to the master and all overrides; rid=M and RECURRENCE-ID where they say', async () => {
    const url = await newEvent(daily);
    const both = (await textOf(url)).replace(
      'END:VCALENDAR',
      [
        ...['BEGIN:VEVENT', `UID:${url}`, 'DTSTAMP:20260101T000000Z', 'RECURRENCE-ID:20261125T100000Z'],
        ...['DTSTART:20261125T120000Z', 'DTEND:20261125T130000Z', 'END:VEVENT', 'END:VCALENDAR'],
      ].join('\r\n'),
    );
    await put(tested.dav, url, both);
    const all = managedIdOf(await addTo(tested.dav, url, 'all'));
    const master = managedIdOf(await addTo(tested.dav, url, 'master', { query: '&rid=M' }));
    const one = managedIdOf(await addTo(tested.dav, url, 'one', { query: '&rid=20261125T100000Z' }));
    const [, ofMaster = '', ofOverride = ''] = (await textOf(url)).split('BEGIN:VEVENT');
    const idsIn = (part: string) => attachLines(part).map((line) => /MANAGED-ID=(\w+)/.exec(line)?.[1]);
    expect([idsIn(ofMaster), idsIn(ofOverride)]).toEqual([
      [all, master],
      [all, one],
    ]);
  });

  it('A2: an instance without an override gets one (3.4)', async () => {
    const url = await newEvent(daily);
    const answer = await addTo(tested.dav, url, 'x', { query: '&rid=20261126T100000Z' });
    expect(answer.status).toBe(201);
    const text = await textOf(url);
    expect(text.split('BEGIN:VEVENT')[2]).toContain('RECURRENCE-ID:20261126T100000Z');
    expect(attachLines(text)).toHaveLength(1);
  });

  it('A3: what macOS adds to an exception is added to the series', async () => {
    const url = await newEvent(daily);
    const headers = { 'user-agent': 'macOS/13.4 (22F66) dataaccessd/1.0' };
    const answer = await addTo(tested.dav, url, 'x', { query: '&rid=20261126T100000Z', headers });
    expect(answer.status).toBe(201);
    const text = await textOf(url);
    expect([text.includes('RECURRENCE-ID'), attachLines(text).length]).toEqual([false, 1]);
  });

  it('A2: to a task, too', async () => {
    const url = `${tested.tasks}t1.ics`;
    await put(tested.dav, url, todo('t1'));
    expect((await addTo(tested.dav, url, 'x')).status).toBe(201);
    expect(attachLines(await textOf(url))).toHaveLength(1);
  });

  it('A6: many at once to one object are all there, none in place of another', async () => {
    const url = await newEvent();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => addTo(tested.dav, url, `${index}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const lines = attachLines(await textOf(url));
    expect(lines).toHaveLength(8);
    const contents = await Promise.all(lines.map(async (line) => (await get(pathOf(line))).octets.toString()));
    expect(contents.sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('empty and binary contents come back as they are', async () => {
    const url = await newEvent();
    const octets = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) >> 3);
    await addTo(tested.dav, url, octets, { type: 'image/png' });
    await addTo(tested.dav, url, '');
    const [image, empty] = attachLines(await textOf(url));
    expect((await get(pathOf(image))).octets.equals(Buffer.from(octets))).toBe(true);
    const nothing = await get(pathOf(empty));
    expect([nothing.status, nothing.octets.length]).toEqual([200, 0]);
  });
});

describe('update (RFC 8607 3.5)', () => {
  it('A2: 204 with a new Cal-Managed-ID; the old one is gone from the data', async () => {
    const url = await newEvent();
    const old = managedIdOf(await addTo(tested.dav, url, 'old'));
    const updated = await post(tested.dav, url, `action=attachment-update&managed-id=${old}`, '{"a": 1}', {
      type: 'application/json',
      disposition: 'attachment; filename=new.json',
    });
    expect([updated.status, updated.body]).toEqual([204, '']);
    expect(updated.headers.etag).toBe((await tested.dav('GET', url)).headers.etag);
    const now = managedIdOf(updated);
    expect(now).not.toBe(old);
    const [line, ...others] = attachLines(await textOf(url));
    expect(others).toEqual([]);
    expect(line).toContain(`MANAGED-ID=${now};FMTTYPE=application/json;SIZE=8;FILENAME=new.json:`);
    expect((await get(pathOf(line))).octets.toString()).toBe('{"a": 1}');
  });

  it('A2: in all instances that have it; 200 with the object for who prefers that', async () => {
    const url = await newEvent(daily);
    await addTo(tested.dav, url, 'a', { query: '&rid=20261126T100000Z' });
    const old = managedIdOf(await addTo(tested.dav, url, 'b'));
    const prefer = { prefer: 'return=representation' };
    const updated = await post(tested.dav, url, `action=attachment-update&managed-id=${old}`, 'c', { headers: prefer });
    expect(updated.status).toBe(200);
    expect(attachLines(updated.body).filter((line) => line.includes(managedIdOf(updated)))).toHaveLength(2);
    expect(updated.body).not.toContain(old);
  });
});

describe('remove (RFC 8607 3.6)', () => {
  it('A2: 204 without Cal-Managed-ID, and the object is as it was', async () => {
    const url = await newEvent();
    const before = await textOf(url);
    const managedId = managedIdOf(await addTo(tested.dav, url, 'x'));
    const removed = await post(tested.dav, url, `action=attachment-remove&managed-id=${managedId}`);
    expect([removed.status, removed.headers['cal-managed-id']]).toEqual([204, undefined]);
    expect(await textOf(url)).toBe(before);
  });

  it('A2: from the instances that rid names; from one without an override by making it', async () => {
    const url = await newEvent(daily);
    const managedId = managedIdOf(await addTo(tested.dav, url, 'x'));
    const query = `action=attachment-remove&managed-id=${managedId}&rid=20261126T100000Z`;
    expect((await post(tested.dav, url, query)).status).toBe(204);
    const [, master = '', override = ''] = (await textOf(url)).split('BEGIN:VEVENT');
    expect([attachLines(master).length, attachLines(override).length]).toEqual([1, 0]);
    expect(override).toContain('RECURRENCE-ID:20261126T100000Z');
    expect(refusal(await post(tested.dav, url, query))).toBe('403 c:valid-managed-id');
  });

  it('A3: macOS removes from the series, whatever it names', async () => {
    const url = await newEvent(daily);
    const managedId = managedIdOf(await addTo(tested.dav, url, 'x'));
    const headers = { 'user-agent': 'Mac+OS+X/10.11 (15A283) CalendarAgent/361' };
    const query = `action=attachment-remove&managed-id=${managedId}&rid=20261126T100000Z`;
    const removed = await post(tested.dav, url, query, '', {
      headers: { ...headers, prefer: 'return=representation' },
    });
    expect([removed.status, attachLines(removed.body).length]).toEqual([200, 0]);
  });
});

describe('refusals (RFC 8607 3.11)', () => {
  it.each([
    ['', 'valid-action'],
    ['action=attach', 'valid-action'],
    ['action=attachment-add&action=attachment-add', 'valid-action'],
    ['action=attachment-add&managed-id=x', 'valid-managed-id'],
    ['action=attachment-update', 'valid-managed-id'],
    ['action=attachment-update&managed-id=unknown', 'valid-managed-id'],
    ['action=attachment-remove', 'valid-managed-id'],
    ['action=attachment-remove&managed-id=unknown', 'valid-managed-id'],
    ['action=attachment-update&managed-id=unknown&rid=M', 'valid-rid'],
    ['action=attachment-add&rid=20261126T110000Z', 'valid-rid'],
    ['action=attachment-add&rid=', 'valid-rid'],
    ['action=attachment-add&rid=M&rid=M', 'valid-rid'],
  ])('A2: POST ?%s: 403 %s, and nothing changes', async (query, precondition) => {
    const url = await newEvent(daily);
    const before = await textOf(url);
    expect(refusal(await post(tested.dav, url, query, 'x'))).toBe(`403 c:${precondition}`);
    expect(await textOf(url)).toBe(before);
  });

  it('A2: If-Match that does not hold: 412, and nothing changes', async () => {
    const url = await newEvent();
    const { headers } = await tested.dav('GET', url);
    expect((await addTo(tested.dav, url, 'x', { headers: { 'if-match': '"other"' } })).status).toBe(412);
    expect((await addTo(tested.dav, url, 'x', { headers: { 'if-none-match': '*' } })).status).toBe(412);
    expect((await addTo(tested.dav, url, 'x', { headers: { 'if-match': String(headers.etag) } })).status).toBe(201);
    expect((await addTo(tested.dav, url, 'x', { headers: { 'if-match': String(headers.etag) } })).status).toBe(412);
    expect(attachLines(await textOf(url))).toHaveLength(1);
  });

  it('A2: elsewhere than on an object: 405, or 404 where nothing is', async () => {
    for (const path of ['/', '/calendars/user01/', calendar]) {
      const answer = await addTo(tested.dav, path, 'x');
      expect([answer.status, answer.headers.allow?.includes('POST')]).toEqual([405, false]);
    }
    expect((await addTo(tested.dav, `${calendar}none.ics`, 'x')).status).toBe(404);
    expect((await addTo(tested.stranger, await newEvent(), 'x')).status).toBe(404);
  });
});

describe('the data (RFC 8607 3.10, RFC 9110)', () => {
  let path: string;
  let url: string;
  const content = Array.from({ length: 400 }, (_, index) => `line ${index}\n`).join('');
  beforeAll(async () => {
    url = await newEvent();
    await addTo(tested.dav, url, content, {
      type: 'text/html',
      disposition: `attachment; filename*=UTF-8''s%C3%A9.html`,
    });
    path = pathOf(attachLines(await textOf(url))[0]);
  });

  it('A1: is never shown inline', async () => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': `attachment; filename="s_.html"; filename*=UTF-8''s%C3%A9.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-length': String(content.length),
      'accept-ranges': 'bytes',
    });
  });

  it('A1: HEAD tells the same without the data', async () => {
    const head = await tested.dav('HEAD', path);
    const { headers } = await get(path);
    expect([head.status, head.body, head.headers.etag]).toEqual([200, '', headers.get('etag')]);
    expect(head.headers['content-length']).toBe(String(content.length));
  });

  it.each([
    ['bytes=0-9', 206, content.slice(0, 10), 'bytes 0-9/'],
    ['bytes=100-', 206, content.slice(100), 'bytes 100-'],
    ['bytes=-5', 206, content.slice(-5), `bytes ${content.length - 5}-`],
    ['bytes=99999-', 416, null, 'bytes */'],
    ['bytes=0-1,4-5', 200, content, null],
  ])('A1: Range: %s: %i', async (range, status, part, told) => {
    const answer = await get(path, { range });
    expect(answer.status).toBe(status);
    if (part !== null) expect(answer.octets.toString()).toBe(part);
    if (told === null) expect(answer.headers.get('content-range')).toBeNull();
    else expect(answer.headers.get('content-range')).toContain(told);
  });

  it('A1: conditions: If-None-Match, If-Match, If-Modified-Since, If-Range', async () => {
    const etag = String((await get(path)).headers.get('etag'));
    const modified = String((await get(path)).headers.get('last-modified'));
    expect(etag).toMatch(/^"[^"]+"$/);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-modified-since': modified })).status).toBe(304);
    expect((await get(path, { 'if-match': '"other"' })).status).toBe(412);
    expect((await get(path, { range: 'bytes=0-0', 'if-range': etag })).status).toBe(206);
    expect((await get(path, { range: 'bytes=0-0', 'if-range': modified })).status).toBe(206);
    expect((await get(path, { range: 'bytes=0-0', 'if-range': '"other"' })).status).toBe(200);
  });

  it('A1, S4: only for who sees an object that refers to it; 401 without credentials', async () => {
    expect((await get(path, { authorization: '' })).status).toBe(401);
    expect((await tested.stranger('GET', path)).status).toBe(404);
    expect((await get(path.replace('user01', 'user02'))).status).toBe(404);
    expect((await get('/attachments/user01/unknown/x')).status).toBe(404);
    expect((await get('/attachments/user01/')).status).toBe(404);
  });

  it('A2: cannot be written or deleted (3.8, 3.9)', async () => {
    for (const method of ['PUT', 'DELETE', 'POST', 'PROPFIND', 'MOVE']) {
      const answer = await tested.dav(method, path, { body: 'x' });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'OPTIONS, GET, HEAD']);
    }
    expect((await tested.dav('OPTIONS', path)).headers.allow).toBe('OPTIONS, GET, HEAD');
    expect((await get(path)).octets.toString()).toBe(content);
  });

  it('A6: is gone for everybody once no object refers to it', async () => {
    await put(tested.dav, url, event(url));
    expect((await get(path)).status).toBe(404);
  });
});

it('a folder cannot take the place of the attachments of a home', async () => {
  expect(refusal(await tested.dav('MKCALENDAR', '/calendars/user01/@attachments/'))).toBe(
    '403 c:calendar-collection-location-ok',
  );
});
