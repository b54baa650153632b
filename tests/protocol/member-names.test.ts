import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { list, report, responses, xml } from './dav-xml.js';
import { newCalendar, put, sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

const encodeAll = (name: string) =>
  [...Buffer.from(name)].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');

describe('member names (RFC 3986 3.3)', () => {
  const everyCharacter = "ABCXYZabcxyz0189-._~!$&'()*+,;=:@";
  it.each([
    ['every character that needs no escape', everyCharacter, everyCharacter],
    ['every other printable one, escaped', ' "#%<>?[\\]^`{|}', '%20%22%23%25%3C%3E%3F%5B%5C%5D%5E%60%7B%7C%7D'],
    ['non-ASCII', 'Bü☃😀.ics', 'B%C3%BC%E2%98%83%F0%9F%98%80.ics'],
    ['no extension', 'plain', 'plain'],
    ['dots', '...', '...'],
    ['a hidden file', '.hidden', '.hidden'],
    ['what databases and shells mind', `'; DROP TABLE--$(x)`, `';%20DROP%20TABLE--$(x)`],
    ['255 octets', 'n'.repeat(255), 'n'.repeat(255)],
    ['255 octets of UTF-8', 'ü'.repeat(127), '%C3%BC'.repeat(127)],
    ['a name that objects have', '__proto__', '__proto__'],
    ['another', 'constructor', 'constructor'],
    ['both normal forms are names of their own: NFC', 'é', '%C3%A9'],
    ['both normal forms are names of their own: NFD', 'e\u0301', 'e%CC%81'],
  ])('%s', async (_what, name, canonical) => {
    const url = calendar + encodeAll(name);
    await put(tested.dav, url, event(`uid of ${name}`));
    for (const spelling of [url, calendar + encodeURIComponent(name), calendar + canonical]) {
      expect((await tested.dav('GET', spelling)).body).toBe(event(`uid of ${name}`));
    }
    const listed = (await list(tested.dav, calendar, 'd:getetag')).map(({ href }) => href);
    expect(listed).toContain(calendar + canonical);
    const multiget = xml('c:calendar-multiget', `<d:prop><d:getetag/></d:prop><d:href>${url}</d:href>`);
    expect(responses(await report(tested.dav, calendar, multiget))[0]?.found).toHaveProperty('d:getetag');
  });

  it('case counts', async () => {
    await put(tested.dav, `${calendar}case.ics`, event('lower'));
    expect((await tested.dav('GET', `${calendar}CASE.ics`)).status).toBe(404);
    await put(tested.dav, `${calendar}CASE.ics`, event('upper'));
    expect((await tested.dav('GET', `${calendar}case.ics`)).body).toBe(event('lower'));
  });

  it('UTF-8 in a path without escapes is refused: 400 (RFC 3986 2, RFC 9112 3.2)', async () => {
    const head = `GET ${calendar}rü.ics HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(tested.service.url, head)).toMatch(/^HTTP\/1.1 400 /);
  });

  it('a query and a fragment are no part of the name', async () => {
    await put(tested.dav, `${calendar}q.ics`, event('q'));
    expect((await tested.dav('GET', `${calendar}q.ics?x=/../y`)).body).toBe(event('q'));
  });

  it('any name: what was put is what is got, under the URL that is listed (fast-check)', async () => {
    const folder = await newCalendar(tested.dav);
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((name) => !/[/\p{Cc}]/u.test(name) && name !== '.' && name !== '..' && Buffer.byteLength(name) <= 255);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(segment, { minLength: 1, maxLength: 4 }), async (found) => {
        for (const name of found) await put(tested.dav, folder + encodeURIComponent(name), event(encodeAll(name)));
        const listed = (await list(tested.dav, folder, 'd:getetag')).slice(1).map(({ href }) => href);
        expect(listed).toHaveLength(found.length);
        for (const href of listed) {
          const name = decodeURIComponent(href.slice(folder.length));
          expect((await tested.dav('GET', href)).body).toBe(event(encodeAll(name)));
          expect((await tested.dav('DELETE', href)).status).toBe(204);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('paths that are none: refused, whatever the method, and never another resource', () => {
  const bad: readonly (readonly [string, string, number])[] = [
    ['an encoded slash', 'a%2Fb.ics', 400],
    ['an encoded slash in lower case', 'a%2fb.ics', 400],
    ['NUL', 'a%00.ics', 400],
    ['a line feed', 'a%0a.ics', 400],
    ['DEL', 'a%7F.ics', 400],
    ['invalid UTF-8', 'a%FF.ics', 400],
    ['UTF-8 that is cut off', 'a%C3.ics', 400],
    ['an overlong slash', 'a%C0%AFb.ics', 400],
    ['half of a surrogate pair', 'a%ED%A0%80.ics', 400],
    ['an escape that is none', 'a%zz.ics', 400],
    ['a lone percent sign', 'a%', 400],
    ['256 octets', 'n'.repeat(256), 414],
    ['an empty segment', '/a.ics', 404],
  ];
  it.each(bad)('%s', async (_what, name, status) => {
    for (const method of ['PUT', 'GET', 'PROPFIND', 'DELETE', 'MKCALENDAR', 'PROPPATCH']) {
      const answer = await tested.dav(method, calendar + name, method === 'PUT' ? { body: event('bad') } : {});
      expect([method, answer.status]).toEqual([method, status]);
    }
  });

  it.each(['..', '../../../etc/passwd', '%2e%2e/%2e%2e/user02/', '.%2e/x.ics', './x.ics', '%2E/x.ics', '..%2f..%2fx'])(
    'path traversal: %s',
    async (tail) => {
      for (const method of ['GET', 'PUT', 'PROPFIND', 'DELETE']) {
        const body = method === 'PUT' ? event('traversal') : '';
        const head = `${method} ${calendar}${tail} HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nAuthorization: ${basic('user01', 'user01')}\r\nDepth: 0\r\nContent-Type: text/calendar\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
        expect(await sendRaw(tested.service.url, head)).toMatch(/^HTTP\/1.1 4\d\d /);
      }
    },
  );

  it('a path that is far too long: 4xx, and the service goes on', async () => {
    const answer = await tested.dav('GET', `${calendar}${'x/'.repeat(5000)}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await tested.dav('PROPFIND', calendar, { headers: { depth: '0' } })).status).toBe(207);
  });
});
