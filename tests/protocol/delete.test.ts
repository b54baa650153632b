import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { byText, list, property, refusal, report, responses, xml } from './dav-xml.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const del = (url: string, headers: Record<string, string> = {}) => tested.dav('DELETE', url, { headers });

describe('DELETE of a member (RFC 4918 9.6)', () => {
  it('204, and then it is gone from everywhere', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a'), 'b.ics': event('b') });
    expect(await del(`${url}a.ics`)).toMatchObject({ status: 204, body: '' });
    expect((await tested.dav('GET', `${url}a.ics`)).status).toBe(404);
    expect((await list(tested.dav, url, 'd:getetag')).map(({ href }) => href)).toEqual([url, `${url}b.ics`]);
    expect((await del(`${url}a.ics`)).status).toBe(404);
  });

  it('what is not there: 404, also with conditions (RFC 9110 13.2.1)', async () => {
    const url = await newCalendar(tested.dav);
    expect((await del(`${url}none.ics`)).status).toBe(404);
    expect((await del(`${url}none.ics`, { 'if-match': '"x"' })).status).toBe(404);
    expect((await del('/calendars/user01/none/')).status).toBe(404);
  });

  it.each([
    ['If-Match with the ETag', (etag: string) => ({ 'if-match': etag }), 204],
    ['If-Match: *', () => ({ 'if-match': '*' }), 204],
    ['If-Match with a weak spelling', (etag: string) => ({ 'if-match': `W/${etag}` }), 204],
    ['If-Match with another one', () => ({ 'if-match': '"x"' }), 412],
    ['If-None-Match: *', () => ({ 'if-none-match': '*' }), 412],
    ['If with the ETag', (etag: string) => ({ if: `([${etag}])` }), 204],
    ['If with another one', () => ({ if: '(["x"])' }), 412],
  ])('%s', async (_what, headers, status) => {
    const url = await newCalendar(tested.dav);
    const etag = (await put(tested.dav, `${url}a.ics`, event('a'))).headers.etag ?? '';
    expect((await del(`${url}a.ics`, headers(etag))).status).toBe(status);
    expect((await tested.dav('GET', `${url}a.ics`)).status).toBe(status === 204 ? 404 : 200);
  });

  it('many DELETEs at once: one of them is 204', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    const answers = await Promise.all(Array.from({ length: 8 }, () => del(`${url}a.ics`)));
    expect(answers.map(({ status }) => status).sort(byText)).toEqual([204, ...Array.from({ length: 7 }, () => 404)]);
  });

  it('leaves a tombstone that sync-collection tells (RFC 6578 3.4)', async () => {
    const url = await calendarWith(tested.dav, { 'a%20b.ics': event('a') });
    const token = (await property(tested.dav, url, 'd:sync-token')) ?? '';
    await del(`${url}a%20b.ics`);
    const body = xml(
      'd:sync-collection',
      `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop>`,
    );
    expect(responses(await report(tested.dav, url, body))).toMatchObject([
      { href: `${url}a%20b.ics`, status: 404, found: {} },
    ]);
  });
});

describe('DELETE of a collection (RFC 4918 9.6.1)', () => {
  it.each([undefined, 'infinity'])('with all that is in it; Depth: %s', async (depth) => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    expect((await del(url, depth === undefined ? {} : { depth })).status).toBe(204);
    for (const path of [url, `${url}a.ics`]) expect((await tested.dav('GET', path)).status).toBe(404);
    expect((await list(tested.dav, '/calendars/user01/', 'd:resourcetype')).map(({ href }) => href)).not.toContain(url);
  });

  it.each(['0', '1'])('Depth: %s is no way to delete a collection: 400', async (depth) => {
    const url = await newCalendar(tested.dav);
    expect((await del(url, { depth })).status).toBe(400);
    expect((await tested.dav('GET', url)).status).toBe(200);
  });

  it('the default folders stay: 403 default-calendar-needed (N3, RFC 6638 4.3)', async () => {
    for (const url of [tested.calendar, tested.tasks]) {
      expect(refusal(await del(url))).toBe('403 c:default-calendar-needed');
      expect((await tested.dav('GET', url)).status).toBe(200);
    }
  });

  it('If-Match is for collections, too: with another ETag than that of its GET, 412 (RFC 9110 13.1.1)', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    const old = (await tested.dav('GET', url)).headers.etag ?? '';
    await put(tested.dav, `${url}b.ics`, event('b'));
    expect((await del(url, { 'if-match': old })).status).toBe(412);
    expect((await del(url, { 'if-match': (await tested.dav('GET', url)).headers.etag ?? '' })).status).toBe(204);
  });

  it('If with a sync token as state token: only when nothing has changed since (RFC 6578 5)', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    const token = (await property(tested.dav, url, 'd:sync-token')) ?? '';
    await put(tested.dav, `${url}b.ics`, event('b'));
    expect((await del(url, { if: `(<${token}>)` })).status).toBe(412);
    const now = (await property(tested.dav, url, 'd:sync-token')) ?? '';
    expect((await del(url, { if: `(<${now}>)` })).status).toBe(204);
  });

  it('frees the quota and the UIDs', async () => {
    const used = async () => Number(await property(tested.dav, '/calendars/user01/', 'd:quota-used-bytes'));
    const before = await used();
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    expect(await used()).toBe(before + event('a').length);
    await del(url);
    expect(await used()).toBe(before);
    await tested.dav('MKCALENDAR', url);
    expect((await put(tested.dav, `${url}z.ics`, event('a'))).status).toBe(201);
  });
});
