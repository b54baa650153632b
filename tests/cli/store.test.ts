import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { calendar, event, todo } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders, inner } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { type RunningService, startService, temporaryFolder } from '../support/running-service.js';
import { inHomeOf, share } from '../protocol/sharing.js';

const listing = async (dav: Dav, folder: string): Promise<string> => {
  const body =
    '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:sync-token/><d:getlastmodified/></d:prop></d:propfind>';
  return (await dav('PROPFIND', folder, { headers: { depth: '1' }, body })).body;
};

async function withMembers(): Promise<{ service: RunningService; dav: Dav; folder: string; tasks: string }> {
  const service = await startService();
  const dav = davClient(service.url);
  const { calendar: folder, tasks } = await defaultFolders(dav);
  await dav('PUT', `${folder}a.ics`, { body: event('a') });
  await dav('PUT', `${folder}b.ics`, { body: event('b', ['RRULE:FREQ=WEEKLY']) });
  await dav('PUT', `${folder}b.ics`, { body: event('b', ['RRULE:FREQ=DAILY']) });
  await dav('PUT', `${folder}c.ics`, { body: event('c') });
  await dav('DELETE', `${folder}c.ics`);
  await dav('PUT', `${tasks}t.ics`, { body: todo('t') });
  return { service, dav, folder, tasks };
}

it('O1: verify finds no difference after every kind of write, beside the service and alone', async () => {
  const { service, dav, folder } = await withMembers();
  await dav('MKCALENDAR', '/calendars/user01/x/');
  await dav('MOVE', `${folder}a.ics`, { headers: { destination: '/calendars/user01/x/a.ics' } });
  const set = '<d:set><d:prop><d:displayname>X</d:displayname><x:p xmlns:x="urn:x">1</x:p></d:prop></d:set>';
  await dav('PROPPATCH', '/calendars/user01/x/', {
    body: `<d:propertyupdate xmlns:d="DAV:">${set}</d:propertyupdate>`,
  });
  await dav('PROPPATCH', '/calendars/user01/x/a.ics', {
    body: '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><x:p xmlns:x="urn:x">1</x:p></d:prop></d:set></d:propertyupdate>',
  });
  await dav('MKCALENDAR', '/calendars/user01/gone/');
  await dav('DELETE', '/calendars/user01/gone/');
  const beside = await runCli(service, ['verify', '--json']);
  expect(beside).toMatchObject({ code: 0, json: { differences: [] } });
  await service.end();
  expect((await runCli(service, ['verify'])).stdout).toMatch(/^Replayed \d+ commits: no difference\.$/m);
});

it('O1: verify finds no difference after shares, what a sharee has set, and a restore from the trash (S3, R6, N3)', async () => {
  const { service, dav, folder } = await withMembers();
  const sharee = davClient(service.url, 'user02');
  const seen = inHomeOf('user02', folder);
  await share(dav, folder, 'user02', 'read');
  await sharee('PROPPATCH', seen, {
    body: '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Theirs</d:displayname></d:prop></d:set></d:propertyupdate>',
  });
  const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT5M', 'END:VALARM'];
  expect((await sharee('PUT', `${seen}a.ics`, { body: event('a', alarm) })).status).toBe(204);
  await dav('MKCALENDAR', '/calendars/user01/x/');
  await dav('PUT', '/calendars/user01/x/gone.ics', { body: event('gone') });
  await dav('DELETE', '/calendars/user01/x/');
  const [entry] = JSON.parse((await dav('GET', '/api/v1/trash')).body).trash as { id: string }[];
  const restored = await dav('POST', `/api/v1/trash/${encodeURIComponent(entry?.id ?? '')}/restore`);
  expect(restored.status).toBeLessThan(300);
  await expect.poll(async () => (await dav('GET', '/calendars/user01/x/gone.ics')).status).toBe(200);
  expect(await runCli(service, ['verify', '--json'])).toMatchObject({ code: 0, json: { differences: [] } });
});

it('O1: verify names each difference, and rebuild mends it', async () => {
  const { service } = await withMembers();
  await service.end();
  const database = new DatabaseSync(join(service.folder, 'data', 'almanac.sqlite'));
  database.exec("UPDATE members SET size = 1 WHERE name = 'a.ics'; DELETE FROM members WHERE name = 'b.ics'");
  database.close();
  const broken = await runCli(service, ['verify', '--json']);
  expect(broken.code).toBe(1);
  const { differences } = broken.json as { differences: { table: string; row: string; fault: string }[] };
  expect(differences.map(({ table, row, fault }) => `${table} ${row.split('/').pop()} ${fault}`)).toEqual([
    expect.stringMatching(/^members a\.ics size is 1, not \d+$/),
    'members b.ics is missing',
  ]);
  expect((await runCli(service, ['rebuild'])).code).toBe(0);
  expect((await runCli(service, ['verify'])).code).toBe(0);
});

it('O1: a rebuild while the service runs gives the same bytes, tags and tokens', async () => {
  const { service, dav, folder, tasks } = await withMembers();
  const before = [await listing(dav, folder), await listing(dav, tasks), (await dav('GET', `${folder}b.ics`)).body];
  expect((await runCli(service, ['rebuild'])).code).toBe(0);
  expect([await listing(dav, folder), await listing(dav, tasks), (await dav('GET', `${folder}b.ics`)).body]).toEqual(
    before,
  );
});

it('export writes one file a collection, and import brings it back', async () => {
  const { service, dav, folder } = await withMembers();
  const target = temporaryFolder();
  const exported = await runCli(service, ['export', 'user01', '--out', target, '--json']);
  expect(exported.code).toBe(0);
  expect(readdirSync(target).filter((file) => file.endsWith('.ics'))).toHaveLength(2);
  const segment = folder.split('/')[3] as string;
  const file = join(target, `${segment}.ics`);
  expect(readFileSync(file, 'utf8')).toContain('UID:b');
  await dav('MKCALENDAR', '/calendars/user02/copy/', { user: 'user02' });
  const imported = await runCli(service, ['import', 'user02', 'copy', file]);
  expect(imported).toMatchObject({ code: 0, stdout: 'Imported 2 of 2.\n', stderr: expect.stringContaining('2/2') });
  expect((await dav('GET', '/calendars/user02/copy/b.ics', { user: 'user02' })).body).toContain('RRULE:FREQ=DAILY');
  const again = await runCli(service, ['import', 'user02', 'copy', file, '--json']);
  expect(again.json).toEqual({ imported: 2, refused: [] });
});

it('import tells what it refuses, with exit code 1, and takes the rest', async () => {
  const { service, folder } = await withMembers();
  const file = join(temporaryFolder(), 'mixed.ics');
  const lines = (text: string) => text.split('\r\n').slice(3, -2);
  writeFileSync(file, calendar([...lines(event('ok')), ...lines(todo('no'))]));
  const result = await runCli(service, ['import', 'user01', folder.split('/')[3] as string, file]);
  expect(result.code).toBe(1);
  expect(result.stdout).toContain('Imported 1 of 2.\nrefused no: This collection takes VEVENT, not VTODO.');
  const none = await runCli(service, ['import', 'user01', 'nothing', file]);
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('has no collection nothing') });
});

it('import keeps to the limits that a PUT keeps to, and tells of each object', async () => {
  const { service, folder } = await withMembers();
  const file = join(temporaryFolder(), 'many.ics');
  const lines = (text: string) => text.split('\r\n').slice(3, -2);
  const objects = (summary: string) => ['a', 'x', 'y'].flatMap((uid) => lines(event(uid, [`SUMMARY:${summary}`])));
  const run = () => runCli(service, ['import', 'user01', folder.split('/')[3] as string, file]);
  writeFileSync(file, calendar(objects('1')));
  await runCli(service, ['tenant', 'set', 'example', '--max-members', '3']);
  const full = await run();
  expect([full.code, full.stdout]).toEqual([
    1,
    'Imported 2 of 3.\nrefused y: the collection is full; 3 members are allowed\n',
  ]);
  await runCli(service, ['tenant', 'set', 'example', '--max-members', '9', '--quota-bytes', '800']);
  writeFileSync(file, calendar(objects('2')));
  const over = await run();
  expect([over.code, over.stdout]).toEqual([
    1,
    'Imported 2 of 3.\nrefused y: the storage of this account is full; its quota is 800 octets\n',
  ]);
});

it('a backup of a running service is restored; tags and tokens from after it match nothing', async () => {
  const { service, dav, folder } = await withMembers();
  const file = join(temporaryFolder(), 'almanac.backup');
  expect((await runCli(service, ['backup', file])).code).toBe(0);
  const later = await dav('PUT', `${folder}later.ics`, { body: event('later') });
  const token = inner(await listing(dav, folder), 'd:sync-token') ?? '';
  const refused = await runCli(service, ['restore', file]);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') });
  await service.end();
  expect((await runCli(service, ['restore', file])).code).toBe(0);
  const restored = await service.restart();
  const after = davClient(restored.url);
  expect((await after('GET', `${folder}later.ics`)).status).toBe(404);
  const reused = await after('PUT', `${folder}other.ics`, { body: event('other') });
  expect(reused.headers.etag).not.toBe(later.headers.etag);
  const body = `<d:sync-collection xmlns:d="DAV:"><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`;
  const sync = await after('REPORT', folder, { body });
  expect(sync.status).toBe(403);
  expect(sync.body).toContain('valid-sync-token');
  expect((await runCli(restored, ['verify'])).code).toBe(0);
});

it('a file that is no backup is refused, and the store stays', async () => {
  const { service, folder } = await withMembers();
  await service.end();
  const file = join(temporaryFolder(), 'nonsense');
  writeFileSync(file, 'nonsense');
  expect(await runCli(service, ['restore', file])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not a whole backup'),
  });
  const again = await service.restart();
  expect((await davClient(again.url)('GET', `${folder}a.ics`)).status).toBe(200);
});

const foreign: readonly (readonly [what: string, sql: string, words: string])[] = [
  [
    'another database that has commits',
    'CREATE TABLE commits (id INTEGER PRIMARY KEY); PRAGMA user_version = 1',
    'has no',
  ],
  ['a database without a schema', 'CREATE TABLE commits (position INTEGER PRIMARY KEY, body TEXT)', 'has no'],
  ['a backup of a newer Almanac', 'CREATE TABLE commits (body TEXT); PRAGMA user_version = 999', 'newer Almanac'],
];

it.each(foreign)('%s is refused, and the store stays', async (_what, sql, words) => {
  const { service, folder } = await withMembers();
  await service.end();
  const file = join(temporaryFolder(), 'foreign.sqlite');
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  expect(await runCli(service, ['restore', file])).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
  expect(readdirSync(join(service.folder, 'data')).filter((name) => name.includes('restore'))).toEqual([]);
  const again = await service.restart();
  expect((await davClient(again.url)('GET', `${folder}a.ics`)).status).toBe(200);
});

it('a restore keeps the store that gives way, and takes the place of one that is damaged', async () => {
  const { service, folder } = await withMembers();
  const file = join(temporaryFolder(), 'almanac.backup');
  await runCli(service, ['backup', file]);
  await service.end();
  const store = join(service.folder, 'data', 'almanac.sqlite');
  rmSync(`${store}-wal`, { force: true });
  writeFileSync(store, 'damaged '.repeat(10_000));
  expect((await runCli(service, ['restore', file])).code).toBe(0);
  expect(readFileSync(`${store}.before-restore`, 'latin1').slice(0, 8)).toBe('damaged ');
  const again = await service.restart();
  expect((await davClient(again.url)('GET', `${folder}a.ics`)).status).toBe(200);
});

it('a backup ends while others write, shows one moment, and is for its owner alone', async () => {
  const { service, dav, folder } = await withMembers();
  const file = join(temporaryFolder(), 'almanac.backup');
  let writing = true;
  const writer = async (id: number): Promise<number> => {
    let count = 0;
    for (; writing; count += 1)
      await dav('PUT', `${folder}w${id}.ics`, { body: event(`w${id}`, [`SUMMARY:${count}`]) });
    return count;
  };
  const load = Promise.all([1, 2, 3, 4].map(writer));
  const backups = [];
  for (let round = 0; round < 5; round += 1) backups.push(await runCli(service, ['backup', file]));
  writing = false;
  expect(backups.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  expect((await load).every((count) => count > 5)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = { env: { ...service.env, ALMANAC_DATA: join(temporaryFolder(), 'data') } };
  expect((await runCli(other, ['restore', file])).code).toBe(0);
  expect(await runCli(other, ['verify', '--json'])).toMatchObject({ code: 0, json: { differences: [] } });
});
