import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic, davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { runService, standardSeed, startService, temporaryFolder } from '../support/running-service.js';

it('O6: the first start makes a tenant and a user, and tells the sign-in data once', async () => {
  const service = await startService({ seed: null });
  const login = /user name\s+(\S+)/.exec(service.output())?.[1] ?? '';
  const password = /password\s+(\S+)/.exec(service.output())?.[1] ?? '';
  const dav = davClient(service.url, login, password);
  expect((await dav('PROPFIND', '/', { headers: { depth: '0' } })).status).toBe(207);
  expect(await defaultFolders(dav, login)).toEqual({
    calendar: expect.stringMatching(/^\/calendars\/user\/[0-9a-f-]{36}\/$/),
    tasks: expect.stringMatching(/^\/calendars\/user\/[0-9a-f-]{36}\/$/),
  });
  await service.end();
  const again = await service.restart();
  expect(again.output()).not.toContain('password');
  expect((await davClient(again.url, login, password)('OPTIONS', '/')).status).toBe(200);
});

it('O6: a seed makes what it declares; a longer one adds what is missing and changes nothing else', async () => {
  const service = await startService();
  const dav = davClient(service.url);
  const { calendar } = await defaultFolders(dav);
  expect((await dav('PUT', `${calendar}a.ics`, { body: event('a') })).status).toBe(201);
  await service.end();
  const longer = standardSeed
    .replace('password: user01', 'password: another')
    .replace(
      '    groups:',
      '      - {id: user03, login: user03, password: user03, name: User 03, addresses: []}\n    groups:',
    )
    .replace('members: [user01]', 'members: [user01, user03]');
  const again = await startService({ folder: service.folder, seed: longer });
  const later = davClient(again.url);
  expect((await later('GET', `${calendar}a.ics`)).status).toBe(200);
  expect((await later('PROPFIND', '/', { user: 'user03', headers: { depth: '0' } })).status).toBe(207);
  const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:group-member-set/></d:prop></d:propfind>';
  const team = await later('PROPFIND', '/principals/groups/team/', { headers: { depth: '0' }, body });
  expect(team.body).toContain('/principals/users/user03/');
});

it.each([
  ['login', 'login', 'user01', 'user01'],
  ['an address', 'u1@example.org', 'u1@example.org', 'user01'],
  ['an address in capitals', 'USER01@EXAMPLE.ORG', 'x', 'user01'],
])('a user signs in with %s', async (_what, login, _x, password) => {
  const service = await startService();
  const headers = { authorization: basic(login === 'login' ? 'user01' : login, password), depth: '0' };
  expect((await davClient(service.url)('PROPFIND', '/', { headers })).status).toBe(207);
});

it.each([
  [
    'a port in use',
    async () => ({ ALMANAC_PORT: String(await busyPort()) }),
    /^almanac: port \d+ .* is in use; .*ALMANAC_PORT/m,
  ],
  ['a port that is none', async () => ({ ALMANAC_PORT: 'http' }), /^almanac: ALMANAC_PORT is http; it must be/m],
  [
    'an unknown profile',
    async () => ({ ALMANAC_PROFILE: 'strict' }),
    /^almanac: ALMANAC_PROFILE is strict; it must be/m,
  ],
  ['an unknown log level', async () => ({ ALMANAC_LOG_LEVEL: 'loud' }), /^almanac: ALMANAC_LOG_LEVEL is loud/m],
  ['a public URL that is none', async () => ({ ALMANAC_PUBLIC_URL: 'dav' }), /^almanac: ALMANAC_PUBLIC_URL is dav/m],
])('%s is said in one clear line', async (_what, env, words) => {
  const { code, output } = await runService({ env: await env() });
  expect(code).toBe(1);
  expect(output).toMatch(words);
  expect(output.trim().split('\n')).toHaveLength(1);
});

it.each([
  ['tenants:\n  - {id: a, hosts: x}', 'tenants[0].hosts'],
  ['tenants:\n  - {id: a, users: [{id: b}]}', 'tenants[0].users[0].password'],
  ['tenants:\n  - {id: a, color: red}', 'has a field color'],
  ['tenants: [', 'cannot be read'],
  ['tenants:\n  - {id: a, groups: [{id: g, members: [nobody]}]}', 'member nobody'],
])('a seed that is wrong is refused with the place: %s', async (seed, words) => {
  const { code, output } = await runService({ seed });
  expect(code).toBe(1);
  expect(output).toContain(words);
});

it('the CLI finds the service in a data folder with a long path', async () => {
  const folder = join(temporaryFolder(), 'a'.repeat(90), 'b'.repeat(90));
  const service = await startService({ env: { ALMANAC_DATA: folder } });
  const { code, stdout } = await runCli(service, ['user', 'list']);
  expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^user01 /)]);
});

it('a second start on the same data is refused while the first one runs', async () => {
  const service = await startService();
  const { code, output } = await runService({ folder: service.folder });
  expect(code).toBe(1);
  expect(output).toMatch(/^almanac: the data folder .* is in use by a running Almanac/m);
});

it('SIGTERM answers what is in flight and ends within 5 s', async () => {
  const service = await startService();
  const dav = davClient(service.url);
  const { calendar } = await defaultFolders(dav);
  const put = (index: number) => dav('PUT', `${calendar}${index}.ics`, { body: event(`u${index}`) });
  const first = put(0);
  const others = Promise.allSettled(Array.from({ length: 40 }, (_, index) => put(index + 1)));
  await first;
  const before = performance.now();
  const code = await service.end('SIGTERM');
  expect(code).toBe(0);
  expect(performance.now() - before).toBeLessThan(5_000);
  const statuses = (await others).map((write) => (write.status === 'fulfilled' ? write.value.status : write.reason));
  expect(statuses).toEqual(statuses.map(() => 201));
});

it('answers a slow upload that is in flight at SIGTERM, if it is told to wait for that long', async () => {
  const service = await startService({ env: { ALMANAC_LAST_ANSWER: '60' } });
  const { calendar } = await defaultFolders(davClient(service.url));
  const body = event('slow');
  const headers = { authorization: basic('user01', 'user01'), 'content-length': String(Buffer.byteLength(body)) };
  const upload = request(new URL(`${calendar}slow.ics`, service.url), { method: 'PUT', headers });
  const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
  upload.write(body.slice(0, 10));
  await delay(500);
  const ended = service.end('SIGTERM');
  // Longer than the default.
  await delay(5_000);
  upload.end(body.slice(10));
  expect((await answered)[0].statusCode).toBe(201);
  expect(await ended).toBe(0);
});

async function busyPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
