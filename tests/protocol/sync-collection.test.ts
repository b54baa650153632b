import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event } from '../support/calendar-data.js';
import { type Dav, davClient } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { byText, dataIn, deepText, property, proppatch, refusal, set } from './dav-xml.js';
import { sync, syncAnswer } from './sync-client.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let dav: Dav;
beforeAll(async () => {
  tested = await testedService();
  ({ dav } = tested);
});

const told = ({ changes }: Awaited<ReturnType<typeof sync>>) =>
  changes.map(({ href, status }) => [href.slice(href.lastIndexOf('/') + 1), status]);

describe('sync-collection (RFC 6578 3)', () => {
  it('initially: all members, none that was deleted, and the token of the property', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a'), 'b.ics': event('b'), 'c.ics': event('c') });
    await dav('DELETE', `${url}b.ics`);
    const first = await sync(dav, url, '');
    expect(told(first)).toEqual([
      ['a.ics', null],
      ['c.ics', null],
    ]);
    expect(first.token).toBe(await property(dav, url, 'd:sync-token'));
    expect(deepText(first.changes[0]?.found['d:getetag'])).toBe((await dav('GET', `${url}a.ics`)).headers.etag);
  });

  it('then: what was added, changed and deleted since, each once, with its last state', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a'), 'b.ics': event('b'), 'c.ics': event('c') });
    const { token } = await sync(dav, url, '');
    await put(dav, `${url}a.ics`, event('a', ['SUMMARY:1']));
    await put(dav, `${url}a.ics`, event('a', ['SUMMARY:2']));
    await put(dav, `${url}n.ics`, event('n'));
    await dav('DELETE', `${url}c.ics`);
    await put(dav, `${url}t.ics`, event('t'));
    await dav('DELETE', `${url}t.ics`);
    const next = await sync(dav, url, token);
    expect(told(next).sort(byText)).toEqual([
      ['a.ics', null],
      ['c.ics', 404],
      ['n.ics', null],
      ['t.ics', 404],
    ]);
    expect(told(await sync(dav, url, next.token))).toEqual([]);
  });

  it('a name that was deleted and used again is a change, not a deletion', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const { token } = await sync(dav, url, '');
    await dav('DELETE', `${url}a.ics`);
    await put(dav, `${url}a.ics`, event('other'));
    expect(told(await sync(dav, url, token))).toEqual([['a.ics', null]]);
  });

  it('the token is the same as long as nothing changes, and a URI (RFC 6578 3.2, 6.2)', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const first = await sync(dav, url, '');
    await dav('PUT', `${url}a.ics`, { headers: { 'if-match': '"x"' }, body: event('a') });
    await dav('GET', `${url}a.ics`);
    const second = await sync(dav, url, first.token);
    expect([second.token, second.changes]).toEqual([first.token, []]);
    expect(URL.canParse(first.token)).toBe(true);
  });

  it('a PROPPATCH of a member is no change of it (RFC 6578 3.5.2)', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const { token } = await sync(dav, url, '');
    await proppatch(dav, `${url}a.ics`, set('<x:note>1</x:note>'));
    expect((await sync(dav, url, token)).changes).toEqual([]);
  });

  it('getctag changes with every change of a member (calendarserver ctag)', async () => {
    const url = await newCalendar(dav);
    const tags = [await property(dav, url, 'cs:getctag')];
    await put(dav, `${url}a.ics`, event('a'));
    tags.push(await property(dav, url, 'cs:getctag'));
    await put(dav, `${url}a.ics`, event('a', ['SUMMARY:x']));
    tags.push(await property(dav, url, 'cs:getctag'));
    await dav('DELETE', `${url}a.ics`);
    tags.push(await property(dav, url, 'cs:getctag'));
    expect(new Set(tags).size).toBe(4);
  });

  it('calendar-data can be asked for with the changes', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const { changes } = await sync(dav, url, '', { prop: '<d:getetag/><c:calendar-data/>' });
    expect(changes.map(dataIn)).toEqual([event('a')]);
  });

  it.each([
    ['Depth: 0', { headers: { depth: '0' } }],
    ['no Depth', { headers: {} }],
    ['Depth: 1, as some clients send', { headers: { depth: '1' } }],
    ['sync-level infinite', { level: '<d:sync-level>infinite</d:sync-level>' }],
    ['no sync-level, as of the draft (appendix A)', { level: '' }],
  ])('%s', async (_what, options) => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    expect(told(await sync(dav, url, '', options))).toEqual([['a.ics', null]]);
  });

  it('is there on calendars alone: supported-report elsewhere (RFC 6578 3.1)', async () => {
    for (const path of ['/calendars/user01/', '/', '/principals/users/user01/']) {
      expect(refusal(await syncAnswer(dav, path, ''))).toBe('403 d:supported-report');
    }
  });

  it.each([
    ['no token', { token: null }],
    ['no prop', { prop: null }],
    ['a level that is none', { level: '<d:sync-level>2</d:sync-level>' }],
    ['a limit of nothing', { more: '<d:limit><d:nresults>0</d:nresults></d:limit>' }],
    ['a limit that is none', { more: '<d:limit><d:nresults>many</d:nresults></d:limit>' }],
  ])('%s: 400', async (_what, options) => {
    expect((await syncAnswer(dav, tested.calendar, '', options)).status).toBe(400);
  });
});

describe('tokens that cannot be continued from: valid-sync-token (RFC 6578 3.2)', () => {
  it('of another collection, of the future, of another server, and nonsense', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const other = await calendarWith(dav, { 'a.ics': event('a') });
    const { token } = await sync(dav, url, '');
    const future = token.replace(/\d+$/, (version) => String(Number(version) + 1));
    const foreign = (await sync(dav, other, '')).token;
    for (const bad of [
      foreign,
      future,
      'http://elsewhere.example/sync/1',
      'x',
      `${token}x`,
      `${token}/9999`,
      '\u2603',
      token.toUpperCase(),
    ]) {
      expect([bad, refusal(await syncAnswer(dav, url, bad))]).toEqual([bad, '403 d:valid-sync-token']);
    }
  });

  it('of an earlier life of the URL', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a') });
    const { token } = await sync(dav, url, '');
    await dav('DELETE', url);
    await dav('MKCALENDAR', url);
    for (let index = 0; index < 5; index += 1) await put(dav, `${url}${index}.ics`, event(`u${index}`));
    expect(refusal(await syncAnswer(dav, url, token))).toBe('403 d:valid-sync-token');
  });

  it('a token outlives a restart', async () => {
    const own = await testedService();
    await put(own.dav, `${own.calendar}a.ics`, event('a'));
    const { token } = await sync(own.dav, own.calendar, '');
    await own.service.end();
    const service = await own.service.restart();
    const client = davClient(service.url);
    expect((await sync(client, own.calendar, token)).token).toBe(token);
    await client('DELETE', `${own.calendar}a.ics`);
    expect(told(await sync(client, own.calendar, token))).toEqual([['a.ics', 404]]);
  });
});

describe('limit (RFC 6578 3.6, 3.7)', () => {
  it('cuts the answer with 507 for the collection, and the token goes on from there', async () => {
    const url = await calendarWith(
      dav,
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.ics`, event(name)])),
    );
    const first = await sync(dav, url, '', { limit: 2 });
    expect([told(first).length, first.truncated]).toEqual([2, true]);
    const second = await sync(dav, url, first.token, { limit: 2 });
    const third = await sync(dav, url, second.token, { limit: 2 });
    expect([second.truncated, third.truncated]).toEqual([true, false]);
    expect([first, second, third].flatMap(told).map(([name]) => name)).toEqual([
      'a.ics',
      'b.ics',
      'c.ics',
      'd.ics',
      'e.ics',
    ]);
    expect(third.token).toBe(await property(dav, url, 'd:sync-token'));
  });

  it('is as many as there are: no 507', async () => {
    const url = await calendarWith(dav, { 'a.ics': event('a'), 'b.ics': event('b') });
    expect((await sync(dav, url, '', { limit: 2 })).truncated).toBe(false);
  });

  it('cuts deletions as well', async () => {
    const names = ['a', 'b', 'c'];
    const url = await calendarWith(dav, Object.fromEntries(names.map((name) => [`${name}.ics`, event(name)])));
    const { token } = await sync(dav, url, '');
    for (const name of names) await dav('DELETE', `${url}${name}.ics`);
    const first = await sync(dav, url, token, { limit: 2 });
    const second = await sync(dav, url, first.token, { limit: 2 });
    expect([told(first).length, first.truncated, told(second).length, second.truncated]).toEqual([2, true, 1, false]);
    expect([...told(first), ...told(second)].every(([, status]) => status === 404)).toBe(true);
  });

  it('members that came in one import are all told, however the answer is cut', async () => {
    const url = await newCalendar(dav);
    const events = Array.from({ length: 30 }, (_, index) => [
      'BEGIN:VEVENT',
      `UID:i${index}`,
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20260101T000000Z',
      'END:VEVENT',
    ]);
    const file = join(tested.service.folder, 'import.ics');
    writeFileSync(file, ics(events.flat()));
    const segment = url.split('/').at(-2) as string;
    const { service } = tested;
    const words = ['import', 'user01', segment, file, '--tenant', service.tenant];
    expect(await runCli(service, words)).toMatchObject({ code: 0 });
    let [token, count] = ['', 0];
    for (let more = true; more; ) {
      const page = await sync(dav, url, token, { limit: 7 });
      count += page.changes.length;
      ({ token, truncated: more } = page);
    }
    expect(count).toBe(30);
  });
});
