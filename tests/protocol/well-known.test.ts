import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { davClient } from '../support/dav-client.js';
import { hrefsIn, list, propfind } from './dav-xml.js';
import { sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

/** A request without credentials: `[status, Location]`. */
function anonymous(method: string, path: string, body = ''): Promise<readonly [number, string | undefined]> {
  const { hostname, port } = new URL(tested.service.url);
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ hostname, port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve([answer.statusCode ?? 0, answer.headers.location]));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('/.well-known/caldav (RFC 6764 5, C1)', () => {
  it.each([
    'GET',
    'HEAD',
    'PROPFIND',
    'OPTIONS',
    'REPORT',
    'PROPPATCH',
    'POST',
    'PUT',
    'DELETE',
    'MKCALENDAR',
    'MKCOL',
    'LOCK',
  ])('%s is sent on to / with 301 and a relative Location, without credentials', async (method) => {
    expect(await anonymous(method, '/.well-known/caldav')).toEqual([301, '/']);
  });

  it.each(['/.well-known/caldav/', '/.well-known/caldav?x=1', '/.well-known/caldav/more'])(
    '%s as well',
    async (path) => {
      expect(await anonymous('PROPFIND', path)).toEqual([301, '/']);
    },
  );

  it('a PROPFIND with a body and Depth is sent on just the same', async () => {
    expect(
      await anonymous('PROPFIND', '/.well-known/caldav', '<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind>'),
    ).toEqual([301, '/']);
  });

  it('does so for wrong credentials, which are not looked at', async () => {
    const answer = await davClient(tested.service.url, 'user01', 'wrong')('PROPFIND', '/.well-known/caldav');
    expect([answer.status, answer.headers.location]).toEqual([301, '/']);
  });

  it('does so for an absolute-form request target (RFC 9112 3.2.2)', async () => {
    const raw = await sendRaw(
      tested.service.url,
      `GET http://localhost/.well-known/caldav HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nConnection: close\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1.1 301 /);
  });

  it('names that only look like it are not sent on', async () => {
    expect((await anonymous('GET', '/.well-known/caldavx'))[0]).toBe(401);
    expect((await anonymous('GET', '/.well-known/carddav'))[0]).toBe(401);
  });
});

describe('from the server address to all calendars (RFC 6764 6, C1)', () => {
  it.each(['/', '/principals/', '/principals/users/', '/calendars/', '/calendars/user01/'])(
    '%s tells the current user principal (RFC 5397 3)',
    async (path) => {
      const { found } = await propfind(tested.dav, path, 'd:current-user-principal');
      expect(hrefsIn(found['d:current-user-principal'])).toEqual(['/principals/users/user01/']);
    },
  );

  it('principal → home → the default calendar and tasks folder', async () => {
    const { found } = await propfind(tested.dav, '/principals/users/user01/', 'c:calendar-home-set');
    const [home = ''] = hrefsIn(found['c:calendar-home-set']);
    expect(home).toBe('/calendars/user01/');
    const listed = (await list(tested.dav, home, 'd:resourcetype')).map(({ href }) => href);
    expect(listed).toEqual(expect.arrayContaining([home, tested.calendar, tested.tasks]));
  });

  it('without credentials the answer is 401 with a Basic challenge (RFC 7617 2)', async () => {
    const raw = await sendRaw(
      tested.service.url,
      `PROPFIND / HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nDepth: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1.1 401 /);
    expect(raw).toMatch(/^www-authenticate: Basic realm="[^"]+", charset="UTF-8"/im);
  });
});
