import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

let names = 0;
/** A member that was changed once: its URL, its ETag and the one before. */
async function member() {
  const url = `${calendar}c${++names}.ics`;
  const old = (await put(tested.dav, url, event(url))).headers.etag ?? '';
  const now = (await put(tested.dav, url, event(url, ['SUMMARY:Now']))).headers.etag ?? '';
  return { url, old, now };
}

/** `NOW` and `OLD` stand for ETags without their quotes. */
const spell = (header: string, { now, old }: { now: string; old: string }) =>
  header.replaceAll('NOW', now.slice(1, -1)).replaceAll('OLD', old.slice(1, -1));

const ifMatch: readonly (readonly [string, boolean])[] = [
  ['"NOW"', true],
  ['"OLD"', false],
  ['*', true],
  ['"OLD", "NOW"', true],
  ['"OLD","x" ,"y"', false],
  ['W/"NOW"', true],
  ['"NOW-gzip"', true],
  ['"NOW--gzip"', true],
  ['"NOW;gzip"', true],
  ['NOW', true],
  ['W/"OLD"', false],
  ['"OLD-gzip"', false],
  ['"NOW" ', true],
  ['"NOWx"', false],
  ['""', false],
  ['', false],
];

describe('If-Match on PUT (RFC 9110 13.1.1; proxies that weaken or mark tags are allowed for)', () => {
  it.each(ifMatch)('%s holds: %s', async (header, holds) => {
    const one = await member();
    const body = event(one.url, ['SUMMARY:Third']);
    const answer = await tested.dav('PUT', one.url, { headers: { 'if-match': spell(header, one) }, body });
    expect(answer.status).toBe(holds ? 204 : 412);
    expect((await tested.dav('GET', one.url)).headers.etag === one.now).toBe(!holds);
  });

  it('never holds where nothing is: 412, and nothing is made', async () => {
    const url = `${calendar}none.ics`;
    for (const tag of ['*', '"x"', '']) {
      expect((await tested.dav('PUT', url, { headers: { 'if-match': tag }, body: event(url) })).status).toBe(412);
    }
    expect((await tested.dav('GET', url)).status).toBe(404);
  });
});

describe('If-None-Match on PUT (RFC 9110 13.1.2)', () => {
  it.each([
    ['*', false],
    ['"NOW"', false],
    ['W/"NOW"', false],
    ['"x", "NOW"', false],
    ['"OLD"', true],
    ['"NOW-gzip"', false],
  ])('%s lets it through: %s', async (header, holds) => {
    const one = await member();
    const headers = { 'if-none-match': spell(header, one) };
    expect((await tested.dav('PUT', one.url, { headers, body: event(one.url) })).status).toBe(holds ? 204 : 412);
  });

  it('* creates where nothing is', async () => {
    const url = `${calendar}new.ics`;
    expect((await tested.dav('PUT', url, { headers: { 'if-none-match': '*' }, body: event(url) })).status).toBe(201);
  });

  it('both conditions must hold', async () => {
    const one = await member();
    const headers = { 'if-match': one.now, 'if-none-match': one.now };
    expect((await tested.dav('PUT', one.url, { headers, body: event(one.url) })).status).toBe(412);
  });
});

describe('If-Unmodified-Since (RFC 9110 13.1.4)', () => {
  const headers = (date: string) => ({ 'if-unmodified-since': date });

  it('a change since then: 412; none: done; no date: ignored', async () => {
    const { url } = await member();
    const long = 'Thu, 01 Jan 2015 00:00:00 GMT';
    expect((await tested.dav('PUT', url, { headers: headers('not a date'), body: event(url) })).status).toBe(204);
    expect(
      (await tested.dav('PUT', url, { headers: headers('Thu, 01 Jan 2099 00:00:00 GMT'), body: event(url) })).status,
    ).toBe(204);
    expect((await tested.dav('PUT', url, { headers: headers(long), body: event(url) })).status).toBe(412);
    expect((await tested.dav('DELETE', url, { headers: headers(long) })).status).toBe(412);
  });

  it('is ignored beside If-Match (RFC 9110 13.2.2)', async () => {
    const { url, now } = await member();
    const both = { ...headers('Thu, 01 Jan 2015 00:00:00 GMT'), 'if-match': now };
    expect((await tested.dav('PUT', url, { headers: both, body: event(url) })).status).toBe(204);
  });
});

it('a failed condition is told before anything else is wrong with the body (RFC 9110 13.2.1)', async () => {
  const { url, old } = await member();
  expect((await tested.dav('PUT', url, { headers: { 'if-match': old }, body: event(url, ['SUMMARY:x']) })).status).toBe(
    412,
  );
});
