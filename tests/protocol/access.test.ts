import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic, type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { xml } from './dav-xml.js';
import { put, sendRaw, type TestedService, testedService, hostOf } from './tested-service.js';

const seed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1]
    domains: [access.example]
    profile: standard
    users:
      - {id: user01, login: user01, password: user01, name: User 01, addresses: [user01@example.org, user01@access.example]}
      - {id: user02, login: user02, password: user02, name: User 02, addresses: [user02@example.org]}
      - {id: user03, login: user03, password: "pass:wörd €", name: User 03, addresses: [user03@example.org]}
  - id: rival
    hosts: [dav.rival.example]
    domains: [rival.example]
    profile: standard
    users:
      - {id: user01, login: user01, password: rival01, name: Rival 01, addresses: [user01@rival.example]}
`;

let tested: TestedService;
let theirs: string;
beforeAll(async () => {
  tested = await testedService({ seed });
  const folders = await defaultFolders(tested.stranger, 'user02');
  theirs = folders.calendar;
  await put(tested.stranger, `${theirs}secret.ics`, event('secret'));
});

const home = { headers: { depth: '0' } };
const as = (user: string, password = user): Dav => davClient(tested.service.url, user, password);
/** Status of a PROPFIND of the home as that user; on another host name where one is given. */
const status = async (user: string, password: string, host?: string) =>
  (
    await as(user, password)('PROPFIND', '/calendars/user01/', {
      headers: { depth: '0', ...(host === undefined ? {} : { host }) },
    })
  ).status;

describe("what is another user's is not there (S4)", () => {
  const bodies: Readonly<Record<string, string>> = {
    PUT: event('intruder'),
    PROPPATCH: xml('d:propertyupdate', '<d:set><d:prop><x:a/></d:prop></d:set>'),
    REPORT: xml('d:sync-collection', '<d:sync-token/><d:sync-level>1</d:sync-level><d:prop/>'),
  };
  const paths = () => ['/calendars/user02/', theirs, `${theirs}secret.ics`];

  it.each(['PROPFIND', 'GET', 'HEAD', 'DELETE', 'PROPPATCH', 'COPY', 'MOVE', 'REPORT', 'ACL'])(
    '%s on home, calendar and member: 404',
    async (method) => {
      for (const path of paths()) {
        const body = bodies[method];
        const headers = { depth: '0', destination: `${tested.calendar}x.ics` };
        const answer = await tested.dav(method, path, body === undefined ? { headers } : { headers, body });
        expect([path, answer.status]).toEqual([
          path,
          method === 'DELETE' || method === 'COPY' || method === 'MOVE' ? 404 : 404,
        ]);
        expect(answer.body).not.toContain('SUMMARY');
      }
    },
  );

  it.each(['PUT', 'MKCALENDAR', 'MKCOL', 'OPTIONS', 'POST', 'LOCK'])(
    '%s is answered as where nothing is',
    async (method) => {
      for (const path of paths()) {
        const body = bodies[method];
        const nowhere = path.replace('user02', 'nobody');
        const [answer, control] = await Promise.all(
          [path, nowhere].map((each) => tested.dav(method, each, body === undefined ? {} : { body })),
        );
        expect([path, answer?.status, answer?.headers.allow]).toEqual([path, control?.status, control?.headers.allow]);
        expect(answer?.body).toBe(control?.body.replaceAll('nobody', 'user02'));
      }
      expect((await tested.stranger('GET', `${theirs}secret.ics`)).body).toBe(event('secret'));
    },
  );

  it('conditions tell nothing about it', async () => {
    const etag = (await tested.stranger('GET', `${theirs}secret.ics`)).headers.etag ?? '';
    for (const tag of [etag, '"x"', '*']) {
      expect((await tested.dav('GET', `${theirs}secret.ics`, { headers: { 'if-none-match': tag } })).status).toBe(404);
    }
    const guess = (header: string) =>
      tested.dav('PROPPATCH', tested.calendar, { headers: { if: header }, body: bodies['PROPPATCH'] ?? '' });
    expect((await guess(`<${theirs}secret.ics> ([${etag}])`)).status).toBe(412);
  });

  it('a 404 says the same for what is hidden and what does not exist', async () => {
    const [hidden, none] = await Promise.all(
      ['user02', 'nobody'].map((user) => tested.dav('PROPFIND', `/calendars/${user}/`, home)),
    );
    expect(hidden?.body).toBe(none?.body.replaceAll('nobody', 'user02'));
  });
});

describe('tenants (O3)', () => {
  it('are chosen by the host name, without regard to case and port', async () => {
    expect(await status('user01', 'rival01', 'dav.rival.example')).toBe(207);
    expect(await status('user01', 'rival01', 'DAV.Rival.Example:8443')).toBe(207);
  });

  it('on a host that is not known, by the domain of the login', async () => {
    expect(await status('user01@rival.example', 'rival01', 'unknown.example')).toBe(207);
    expect(await status('user01@access.example', 'user01', 'unknown.example')).toBe(207);
  });

  it('have resources of their own under the same paths', async () => {
    const rival: Dav = (method, path, options = {}) =>
      as('user01', 'rival01')(method, path, { ...options, headers: { ...options.headers, host: 'dav.rival.example' } });
    const { calendar } = await defaultFolders(rival);
    expect(calendar).not.toBe(tested.calendar);
    expect((await tested.dav('PROPFIND', calendar, home)).status).toBe(404);
    expect((await rival('PROPFIND', tested.calendar, home)).status).toBe(404);
    expect((await rival('PROPFIND', '/principals/users/user02/', home)).status).toBe(404);
  });
});

describe('credentials (RFC 7617)', () => {
  it('login, any address in any case, and passwords with colons and beyond ASCII', async () => {
    expect(await status('USER01@Example.org', 'user01')).toBe(207);
    const dav = as('user03', 'pass:wörd €');
    expect((await dav('PROPFIND', '/calendars/user03/', home)).status).toBe(207);
  });

  it.each([['Bearer abc'], ['Basic'], ['Basic !!!'], [`Basic ${btoa('nocolon')}`], ['']])(
    '%s is none: 401 with a challenge',
    async (authorization) => {
      const answer = await tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization } });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([
        401,
        'Basic realm="Almanac", charset="UTF-8"',
      ]);
    },
  );

  it('the scheme is read in any case', async () => {
    const authorization = basic('user01', 'user01').replace('Basic', 'bAsIc');
    expect((await tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization } })).status).toBe(207);
  });

  it('401 comes before anything else is told, on every path and method', async () => {
    for (const [method, path] of [
      ['PROPFIND', '/nothing/'],
      ['PUT', '/calendars/user01/x/y.ics'],
      ['OPTIONS', '/'],
      ['BREW', '/'],
      ['GET', '/a%2Fb'],
    ] as const) {
      const raw = await sendRaw(
        tested.service.url,
        `${method} ${path} HTTP/1.1\r\nHost: ${hostOf(tested)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      expect([method, path, raw.slice(9, 12)]).toEqual([method, path, method === 'BREW' ? '400' : '401']);
    }
  });

  // Last: from here on this address has failed often.
  it('wrong ones, and those of another tenant or an unknown user, are all the same 401', async () => {
    const told = await Promise.all([
      tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization: basic('user02', 'wrong') } }),
      tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization: basic('nobody', 'wrong') } }),
      tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization: basic('user01@rival.example', 'rival01') } }),
      tested.dav('PROPFIND', '/', { headers: { depth: '0', authorization: basic('user01', 'rival01') } }),
    ]);
    for (const answer of told) {
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([
        401,
        'Basic realm="Almanac", charset="UTF-8"',
      ]);
      expect(answer.body).toBe(told[0]?.body);
    }
  });

  it('after many wrong passwords the right one of a client that is at work is still answered', async () => {
    const wrong = await Promise.all(Array.from({ length: 6 }, () => status('user01', 'wrong')));
    expect(wrong).toEqual(Array.from({ length: 6 }, () => 401));
    expect(await status('user01', 'user01')).toBe(207);
    expect(await status('user01', 'user01')).toBe(207);
  });
});
