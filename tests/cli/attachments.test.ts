import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SignedLinks } from '@almanac/service-host';
import { afterAll, describe, expect, it } from 'vitest';
import { addTo, attachLines, pathOf } from '../protocol/attachment-client.js';
import { refusal } from '../protocol/dav-xml.js';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { startFakeClamd } from '../support/fake-clamd.js';
import { runCli } from '../support/run-cli.js';
import { type RunningService, startService, temporaryFolder } from '../support/running-service.js';

interface Attached {
  readonly service: RunningService;
  readonly dav: Dav;
  readonly folder: string;
  /** URL of an event, and the path of its attachment. */
  readonly url: string;
  readonly path: string;
}

async function withAttachment(env: Readonly<Record<string, string>> = {}, content = 'content'): Promise<Attached> {
  const service = await startService({ env });
  const dav = davClient(service.url);
  const { calendar: folder } = await defaultFolders(dav);
  const url = `${folder}a.ics`;
  const path = await attach(dav, url, content);
  return { service, dav, folder, url, path };
}

async function attach(dav: Dav, url: string, content: string): Promise<string> {
  await dav('PUT', url, { body: event(url) });
  const answer = await addTo(dav, url, content);
  if (answer.status !== 201) throw new Error(answer.body);
  return pathOf(attachLines((await dav('GET', url)).body)[0]);
}

/** The digests of all blobs of a folder. */
function blobsIn(folder: string): string[] {
  const tenant = join(folder, 'example');
  if (!existsSync(tenant)) return [];
  return readdirSync(tenant).flatMap((digits) => readdirSync(join(tenant, digits)));
}
const blobs = ({ service }: Attached): string[] => blobsIn(join(service.folder, 'data', 'blobs'));

async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await check()) return;
    await delay(50);
  }
  throw new Error('it did not come to be so');
}

describe('A6: what nothing refers to goes after the grace time', () => {
  const short = { ALMANAC_ATTACHMENT_GRACE: '1' };

  it('with the object, the folder, a replaced and an updated attachment; what is in use stays', async () => {
    const attached = await withAttachment(short, 'stays');
    const { dav, folder, path } = attached;
    await attach(dav, `${folder}b.ics`, 'goes with the object');
    await dav('MKCALENDAR', '/calendars/user01/gone/');
    await attach(dav, '/calendars/user01/gone/c.ics', 'goes with the folder');
    await attach(dav, `${folder}d.ics`, 'goes with a PUT');
    expect(blobs(attached)).toHaveLength(4);
    await dav('DELETE', `${folder}b.ics`);
    await dav('DELETE', '/calendars/user01/gone/');
    await dav('PUT', `${folder}d.ics`, { body: event(`${folder}d.ics`) });
    await eventually(() => blobs(attached).length === 1);
    expect((await dav('GET', path)).body).toBe('stays');
    expect((await runCli(attached.service, ['verify'])).code).toBe(0);
  });

  it('not before it: what is deleted and put again is still there', async () => {
    const { dav, url, path } = await withAttachment({ ALMANAC_ATTACHMENT_GRACE: '3600' });
    const { body } = await dav('GET', url);
    await dav('DELETE', url);
    await delay(1_500);
    expect((await dav('PUT', url, { body })).status).toBe(201);
    expect((await dav('GET', path)).body).toBe('content');
  });

  it('an upload whose object was refused, and one that was never finished', async () => {
    const attached = await withAttachment(short);
    const { dav, url } = attached;
    const inline = `ATTACH;ENCODING=BASE64;VALUE=BINARY:${Buffer.from('refused').toString('base64')}`;
    const body = event(url, [inline]);
    expect((await dav('PUT', url, { headers: { 'if-match': '"x"' }, body })).status).toBe(412);
    const broken = body.replace(/DTSTART:\S+/, 'DTSTART:nonsense');
    expect((await dav('PUT', url, { body: broken })).status).toBe(403);
    await eventually(() => blobs(attached).length === 1);
  });
});

it('A6: the same content is stored once', async () => {
  const attached = await withAttachment({}, 'the same');
  await attach(attached.dav, `${attached.folder}b.ics`, 'the same');
  expect(blobs(attached)).toHaveLength(1);
});

describe('backup and restore', () => {
  it('take the contents of attachments along', async () => {
    const attached = await withAttachment({}, 'kept');
    const { service, dav, folder, url } = attached;
    await attach(dav, `${folder}b.ics`, 'later gone');
    const file = join(temporaryFolder(), 'backup');
    expect((await runCli(service, ['backup', file])).code).toBe(0);
    expect(blobsIn(`${file}.blobs`)).toHaveLength(2);
    await dav('DELETE', `${folder}b.ics`);
    const elsewhere = await startService({ seed: null });
    await elsewhere.end();
    expect((await runCli(elsewhere, ['restore', file])).code).toBe(0);
    const restored = await elsewhere.restart();
    const other = davClient(restored.url);
    const text = (await other('GET', url)).body;
    expect((await other('GET', pathOf(attachLines(text)[0]))).body).toBe('kept');
    expect((await runCli(restored, ['verify'])).code).toBe(0);
  });

  it('a backup over an older one has what it needs, and nothing else', async () => {
    const { service, dav, folder, url } = await withAttachment({ ALMANAC_ATTACHMENT_GRACE: '1' }, 'first');
    const file = join(temporaryFolder(), 'backup');
    await runCli(service, ['backup', file]);
    await dav('DELETE', url);
    await attach(dav, `${folder}b.ics`, 'second');
    await eventually(async () => {
      await runCli(service, ['backup', file]);
      return blobsIn(`${file}.blobs`).length === 1;
    });
  });

  it('without the contents a backup is refused, and the store stays', async () => {
    const { service, url } = await withAttachment();
    const file = join(temporaryFolder(), 'backup');
    await runCli(service, ['backup', file]);
    renameSync(`${file}.blobs`, `${file}.elsewhere`);
    const elsewhere = await startService();
    await elsewhere.end();
    const refused = await runCli(elsewhere, ['restore', file]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('1 attachments are missing') });
    const again = await elsewhere.restart();
    expect((await davClient(again.url)('GET', url)).status).toBe(404);
  });
});

it('O1: a rebuild shows the same attachments, and verify finds no difference', async () => {
  const { service, dav, path, url } = await withAttachment();
  await addTo(dav, url, 'second');
  expect((await runCli(service, ['rebuild'])).code).toBe(0);
  expect((await dav('GET', path)).body).toBe('content');
  await dav('DELETE', url);
  expect((await runCli(service, ['verify'])).stdout).toContain('no difference');
});

describe('A1: signed links', () => {
  const key = 'a key for this test alone';

  it('open an attachment without credentials until they expire', async () => {
    const { service, path } = await withAttachment({ ALMANAC_LINK_KEY: key });
    const links = new SignedLinks(async () => Buffer.from(key));
    const target = { tenant: 'example', managedId: path.split('/')[3] ?? '' };
    const fetchLink = async (expires: number, change = (query: string) => query) =>
      fetch(new URL(`${path}?${change(await links.sign(target, expires))}`, service.url));
    const opened = await fetchLink(Date.now() + 60_000);
    expect([opened.status, await opened.text()]).toEqual([200, 'content']);
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await fetchLink(Date.now() - 1_000)).status).toBe(403);
    const later = (query: string) => query.replace(/expires=\d+/, 'expires=9999999999');
    expect((await fetchLink(Date.now() + 60_000, later)).status).toBe(403);
    expect((await fetch(new URL(path, service.url))).status).toBe(401);
    const put = await fetch(new URL(`${path}?${await links.sign(target, Date.now() + 60_000)}`, service.url), {
      method: 'PUT',
    });
    expect(put.status).toBe(401);
  });

  it('the key is made with the data folder, and stays', async () => {
    const { service } = await withAttachment();
    expect(readdirSync(join(service.folder, 'data'))).toContain('link-key');
  });
});

describe('virus scanner (ALMANAC_CLAMAV)', () => {
  const servers: { close(): void }[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  it('what it finds infected is refused with 403, by POST and inline, and nothing is kept of it', async () => {
    const { port, server } = await startFakeClamd();
    servers.push(server);
    const attached = await withAttachment({ ALMANAC_CLAMAV: `127.0.0.1:${port}` }, 'clean');
    const { dav, url } = attached;
    const answer = await addTo(dav, url, 'xx EICAR xx');
    expect([answer.status, answer.body.includes('Eicar-Test-Signature')]).toEqual([403, true]);
    const inline = `ATTACH;ENCODING=BASE64;VALUE=BINARY:${Buffer.from('EICAR').toString('base64')}`;
    expect(refusal(await dav('PUT', url, { body: event(url, [inline]) }))).toBe('403');
    expect(attachLines((await dav('GET', url)).body)).toHaveLength(1);
    expect(blobs(attached)).toHaveLength(1);
  });

  it('while it is away, attachments get 503, or are taken where that was asked for', async () => {
    const away = { ALMANAC_CLAMAV: '127.0.0.1:1' };
    const service = await startService({ env: away });
    const dav = davClient(service.url);
    const { calendar: folder } = await defaultFolders(dav);
    await dav('PUT', `${folder}a.ics`, { body: event('a') });
    const refused = await addTo(dav, `${folder}a.ics`, 'x');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '2']);
    const lax = await withAttachment({ ...away, ALMANAC_CLAMAV_AWAY: 'accept' });
    expect((await lax.dav('GET', lax.path)).body).toBe('content');
  });
});

it('import takes links of other servers as links, and keeps its own attachments', async () => {
  const { service, dav, folder, url, path } = await withAttachment();
  const target = temporaryFolder();
  await runCli(service, ['export', 'user01', '--out', target]);
  const file = join(target, `${folder.split('/')[3]}.ics`);
  const foreign = 'ATTACH;MANAGED-ID=theirs;SIZE=3:https://elsewhere.example/x';
  writeFileSync(file, readFileSync(file, 'utf8').replace('SUMMARY', `${foreign}\r\nSUMMARY`));
  await dav('DELETE', url);
  const imported = await runCli(service, ['import', 'user01', folder.split('/')[3] ?? '', file]);
  expect(imported.stdout).toBe('Imported 1 of 1.\n');
  const listing = await dav('PROPFIND', folder, { headers: { depth: '1' } });
  const [name = ''] = /[^/<]+\.ics/.exec(listing.body) ?? [];
  const lines = attachLines((await dav('GET', `${folder}${name}`)).body);
  expect(lines).toContain('ATTACH;SIZE=3:https://elsewhere.example/x');
  expect(lines.map(pathOf)).toContain(path);
  await eventually(async () => (await dav('GET', path)).body === 'content');
});
