import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { davClient } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { type RunningService, runService, startService, temporaryFolder } from '../support/running-service.js';

const signIn = async (service: RunningService): Promise<number> => {
  const password = /password\s+(\S+)/.exec(service.output())?.[1] ?? '';
  return (await davClient(service.url, 'user', password)('PROPFIND', '/', { headers: { depth: '0' } })).status;
};

it('O6: a first start on ::1 makes an account that works there', async () => {
  const service = await startService({ seed: null, env: { ALMANAC_HOST: '::1' } });
  expect(service.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  const password = /password\s+(\S+)/.exec(service.output())?.[1] ?? '';
  const authorization = `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  expect((await fetch(`${service.url}/`, { method: 'PROPFIND', headers: { authorization, depth: '0' } })).status).toBe(
    207,
  );
});

it('a name of the machine that cannot be a host name is left out', async () => {
  const service = await startService({ seed: null, env: { ALMANAC_PUBLIC_URL: 'http://my_host.example' } });
  expect(await signIn(service)).toBe(207);
});

it('O6: a first start that broke off after its tenant is finished by the next one', async () => {
  const folder = temporaryFolder();
  const env = { PATH: process.env['PATH'] ?? '', ALMANAC_DATA: join(folder, 'data') };
  const hosts = ['--host', 'localhost', '--host', '127.0.0.1'];
  expect((await runCli({ env }, ['tenant', 'add', 'default', ...hosts])).code).toBe(0);
  const service = await startService({ seed: null, folder });
  expect(await signIn(service)).toBe(207);
  await service.end();
  expect((await service.restart()).output()).not.toContain('password');
});

it('no account is made in a store that somebody has begun to fill', async () => {
  const folder = temporaryFolder();
  const env = { PATH: process.env['PATH'] ?? '', ALMANAC_DATA: join(folder, 'data') };
  await runCli({ env }, ['tenant', 'add', 'acme', '--host', 'dav.acme.example']);
  expect((await startService({ seed: null, folder })).output()).not.toContain('password');
});

const newer = (file: string): void => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 999');
  database.close();
};

it.each([
  ['a data folder that is a file', (data: string) => writeFileSync(data, ''), /the data folder .* is a file/],
  [
    'a data folder within a file',
    (data: string) => writeFileSync(data, ''),
    /the data folder .* is within one/,
    (data: string) => ({ ALMANAC_DATA: join(data, 'within') }),
  ],
  [
    'a store that is no database',
    (data: string) => (mkdirSync(data), writeFileSync(join(data, 'almanac.sqlite'), 'nonsense '.repeat(1_000))),
    /the store .* cannot be opened: file is not a database/,
  ],
  [
    'a store of a newer Almanac',
    (data: string) => (mkdirSync(data), newer(join(data, 'almanac.sqlite'))),
    /written by a newer Almanac \(schema 999\)/,
  ],
  [
    'a host that has no address',
    () => {},
    /ALMANAC_HOST names no address/,
    () => ({ ALMANAC_HOST: 'nowhere.invalid' }),
  ],
] as const)(
  '%s is said in one clear line',
  async (_what, prepare, words, env: (data: string) => object = () => ({})) => {
    const folder = temporaryFolder();
    const data = join(folder, 'data');
    prepare(data);
    const { code, output } = await runService({ seed: null, folder, env: { ...env(data) } });
    expect(code).toBe(1);
    expect(output).toMatch(words);
    expect(output.trim().split('\n')).toHaveLength(1);
  },
);

it('everything in the data folder is for its owner alone', async () => {
  const service = await startService();
  const data = join(service.folder, 'data');
  const modes = readdirSync(data).map((name) => [name, statSync(join(data, name)).mode & 0o077]);
  expect(modes).toContainEqual(['almanac.sqlite', 0]);
  expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
});

it.each(['00123', '0x1F', '1e3', 'true', '1.0', '2026-11-23', 'null'])(
  'the password %s of a seed keeps its spelling',
  async (password) => {
    const user = `{id: user01, login: user01, password: ${password}, name: , addresses: [user01@example.org]}`;
    const seed = `tenants:\n  - id: 007\n    hosts: [localhost, 127.0.0.1]\n    domains:\n    users:\n      - ${user}\n`;
    const service = await startService({ seed });
    const dav = davClient(service.url, 'user01', password);
    expect((await dav('PROPFIND', '/', { headers: { depth: '0' } })).status).toBe(207);
    expect((await runCli(service, ['tenant', 'list'])).stdout).toMatch(/^007 /);
  },
);

it.each([
  [['user', 'list']],
  [['tenant', 'list']],
  [['user', 'remove', 'ada']],
  [['user', 'set', 'ada', '--name', 'Ada']],
  [['app-password', 'add', 'ada']],
  [['export', 'ada']],
])('the CLI makes no store where there is none: %j', async (words) => {
  const data = join(temporaryFolder(), 'data');
  const result = await runCli({ env: { PATH: process.env['PATH'] ?? '', ALMANAC_DATA: data } }, words);
  expect(result).toMatchObject({
    code: 1,
    stderr: `almanac: There is no Almanac data in ${data}; set ALMANAC_DATA to the service's data folder.\n`,
  });
  expect(() => readdirSync(data)).toThrow('ENOENT');
});
