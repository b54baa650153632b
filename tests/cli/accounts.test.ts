import { expect, it } from 'vitest';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { startService } from '../support/running-service.js';

const status = async (url: string, user: string, password: string) =>
  (await davClient(url, user, password)('PROPFIND', '/', { headers: { depth: '0' } })).status;

it('O3: tenants are added, changed, listed and removed beside a running service', async () => {
  const service = await startService();
  expect(
    (await runCli(service, ['tenant', 'add', 'acme', '--host', 'DAV.acme.example', '--domain', 'acme.example'])).code,
  ).toBe(0);
  const taken = await runCli(service, ['tenant', 'add', 'evil', '--host', 'dav.acme.example', '--json']);
  expect(taken).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(taken.stderr)).toEqual({ error: 'The host name dav.acme.example belongs to the tenant acme.' });
  expect(
    (await runCli(service, ['tenant', 'set', 'acme', '--profile', 'standard', '--quota-bytes', '1000'])).code,
  ).toBe(0);
  const { json } = await runCli(service, ['tenant', 'list', '--json']);
  expect(json).toContainEqual({
    id: 'acme',
    hosts: ['dav.acme.example'],
    domains: ['acme.example'],
    profile: 'standard',
    rulesOff: [],
    limits: { quotaBytes: 1000 },
  });
  expect((await runCli(service, ['user', 'add', 'ada', '--tenant', 'acme', '--password', 'x'])).code).toBe(0);
  const refused = await runCli(service, ['tenant', 'remove', 'acme']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Remove the users') });
  await runCli(service, ['user', 'remove', 'ada', '--tenant', 'acme']);
  expect((await runCli(service, ['tenant', 'remove', 'acme'])).code).toBe(0);
});

it('a user that is added can sign in at once and has a home; one that is removed cannot', async () => {
  const service = await startService();
  const added = await runCli(service, [
    'user',
    'add',
    'ada',
    '--name',
    'Ada',
    '--address',
    'ada@example.org',
    '--json',
  ]);
  const { password } = added.json as { password: string };
  expect(await defaultFolders(davClient(service.url, 'ada@example.org', password), 'ada')).toMatchObject({
    calendar: expect.stringContaining('/calendars/ada/'),
  });
  expect(
    (await runCli(service, ['user', 'set', 'ada', '--login', 'lovelace', '--address', 'ada2@example.org'])).code,
  ).toBe(0);
  expect(await status(service.url, 'lovelace', password)).toBe(207);
  expect(await status(service.url, 'ada@example.org', password)).toBe(401);
  expect((await runCli(service, ['user', 'remove', 'ada'])).code).toBe(0);
  expect(await status(service.url, 'lovelace', password)).toBe(401);
  const again = await runCli(service, ['user', 'add', 'ada', '--password', 'new']);
  expect(again.code).toBe(0);
  expect((await defaultFolders(davClient(service.url, 'ada', 'new'), 'ada')).calendar).not.toBe('');
});

it.each([
  ['an id that is taken by a group', ['user', 'add', 'team'], 'belongs to a group'],
  ['a login that is taken', ['user', 'add', 'x', '--login', 'USER01'], 'login or address of user01'],
  ['an address that is taken', ['user', 'add', 'x', '--address', 'u1@example.org'], 'login or address of user01'],
  ['an id that cannot stand in a URL', ['user', 'add', 'a b'], 'must be 1–128 letters'],
  ['an address that is none', ['user', 'add', 'x', '--address', 'nobody'], 'not a mail address'],
  ['a member that is not there', ['group', 'add', 'x', '--member', 'nobody'], 'names the member nobody'],
  ['a principal that is not there', ['resource', 'remove', 'nothing'], 'no resource nothing'],
])('refuses %s with exit code 1', async (_what, words, message) => {
  const service = await startService();
  const result = await runCli(service, words);
  expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
});

it.each([
  [['frobnicate'], 'no command frobnicate'],
  [['user', 'add'], 'Usage: almanac user add <id>'],
  [['user', 'add', 'x', '--colour', 'red'], "Unknown option '--colour'"],
  [['user', 'set', 'user01'], 'at least one option'],
  [['tenant', 'add', 'x', '--profile', 'strict'], 'groupware or standard'],
])('a wrong command line is told with exit code 2: %j', async (words, message) => {
  const service = await startService();
  expect(await runCli(service, words)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

it('groups and resources are shown as principals and can be changed', async () => {
  const service = await startService();
  await runCli(service, ['group', 'add', 'staff', '--member', 'user01', '--member', 'team']);
  await runCli(service, ['resource', 'add', 'beamer', '--name', 'Beamer']);
  await runCli(service, ['group', 'set', 'staff', '--name', 'Staff']);
  const { json } = await runCli(service, ['group', 'list', '--json']);
  expect(json).toContainEqual({ id: 'staff', name: 'Staff', addresses: [], members: ['user01', 'team'] });
  const dav = davClient(service.url);
  const beamer = await dav('PROPFIND', '/principals/resources/beamer/', { headers: { depth: '0' } });
  expect(beamer.body).toContain('Beamer');
});

it('a user who gets the id of a removed one is in none of its groups', async () => {
  const service = await startService();
  const team = async () => (await runCli(service, ['group', 'list', '--json'])).json;
  expect(await team()).toMatchObject([{ id: 'team', members: ['user01'] }]);
  await runCli(service, ['user', 'remove', 'user01']);
  expect((await runCli(service, ['user', 'add', 'user01', '--password', 'new'])).code).toBe(0);
  expect(await team()).toMatchObject([{ id: 'team', members: [] }]);
  const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:group-membership/></d:prop></d:propfind>';
  const dav = davClient(service.url, 'user01', 'new');
  const own = await dav('PROPFIND', '/principals/users/user01/', { headers: { depth: '0' }, body });
  expect(own.body).not.toContain('/principals/groups/team/');
  expect((await runCli(service, ['verify'])).code).toBe(0);
});

it('design 7: a changed password and a revoked app password end working at once', async () => {
  const service = await startService();
  expect(await status(service.url, 'user01', 'user01')).toBe(207);
  await runCli(service, ['user', 'password', 'user01', '--password', 'changed']);
  expect(await status(service.url, 'user01', 'user01')).toBe(401);
  expect(await status(service.url, 'user01', 'changed')).toBe(207);
  const { json } = await runCli(service, ['app-password', 'add', 'user01', '--label', 'phone', '--json']);
  const { key, password } = json as { key: string; password: string };
  expect(await status(service.url, 'user01', password)).toBe(207);
  expect(await status(service.url, 'u1@example.org', password)).toBe(207);
  expect(await status(service.url, 'user02', password)).toBe(401);
  const listed = await runCli(service, ['app-password', 'list', 'user01', '--json']);
  expect(listed.json).toMatchObject([{ key, label: 'phone', created: expect.any(String) }]);
  expect((await runCli(service, ['app-password', 'revoke', 'user01', key])).code).toBe(0);
  expect(await status(service.url, 'user01', password)).toBe(401);
  expect(await status(service.url, 'user01', 'changed')).toBe(207);
});

it('works without a running service, under the lock of the store', async () => {
  const service = await startService();
  await service.end();
  expect((await runCli(service, ['user', 'add', 'alone', '--password', 'alone'])).code).toBe(0);
  const again = await service.restart();
  expect((await defaultFolders(davClient(again.url, 'alone'), 'alone')).calendar).not.toBe('');
});
