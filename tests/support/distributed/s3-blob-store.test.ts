import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectS3, S3BlobStore, type S3BlobStoreOptions, type S3Connection } from '@almanac/adapters-distributed';
import { tenantId } from '@almanac/contracts';
import { blobStoreContract, digestOf, octets, pieces, wholeOf } from '@almanac/port-contracts';
import { Unavailable } from '@almanac/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustHaveAll } from '../../../scripts/provision.mjs';
import { tools } from '../../../scripts/provision/tools.mjs';
import { startVersityGw } from '../../../scripts/servers/versitygw.mjs';

const { versitygw, missing: reasons } = tools();
if (versitygw === null && mustHaveAll()) throw new Error(`there is no S3 server: ${reasons.versitygw}`);
const missing = versitygw === null ? ` (skipped: ${reasons.versitygw})` : '';

const mebibyte = 1024 * 1024;
const tenant = tenantId('example');
const text = (value: string) => pieces(new TextEncoder().encode(value));

let folder = '';
const started: { end(): Promise<void> }[] = [];

async function start(name: string, options: { cert?: string; key?: string } = {}) {
  const server = await startVersityGw(versitygw ?? '', { folder: join(folder, name), ...options });
  started.push(server);
  return server;
}

/** A bucket is a folder of the server. */
function newBucket({ url: endpoint, region, credentials }: Awaited<ReturnType<typeof start>>, name: string) {
  const bucket = `test-${randomUUID()}`;
  const path = join(folder, name, 'data', bucket);
  mkdirSync(path);
  const connection: S3Connection = { endpoint, region, credentials, bucket, pathStyle: true };
  const store = (options?: S3BlobStoreOptions) => new S3BlobStore(connectS3(connection), bucket, options);
  const files = () =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile())
      .map((found) => join(found.parentPath, found.name).slice(path.length));
  return { connection, store, files };
}

async function* stuckAfter(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
  await new Promise(() => {});
}

describe.skipIf(versitygw === null)(`S3${missing}`, () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'almanac-s3-'));
    server = await start('shared');
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.end()));
    rmSync(folder, { recursive: true, force: true });
  });

  blobStoreContract(async () => {
    const { store } = newBucket(server, 'shared');
    return { store: store(), other: store() };
  });

  it('holds one object for each content, under its digest, and nothing else', async () => {
    const { store, files } = newBucket(server, 'shared');
    const small = await store().write(tenant, text('small'));
    const large = await store().write(tenant, pieces(octets(20 * mebibyte)));
    await store().write(tenant, text('small'));
    expect(
      files()
        .map((path) => path.split('/').slice(0, 4).join('/'))
        .sort(),
    ).toEqual([small, large].map(({ digest }) => `/blobs/example/${digest}`).sort());
  });

  it('copies in parts what is too large to be copied at once', async () => {
    const { store } = newBucket(server, 'shared');
    const content = octets(23 * mebibyte + 5);
    const copyLimits = { whole: 10 * mebibyte, part: 6 * mebibyte };
    const { digest } = await store({ copyLimits }).write(tenant, pieces(content));
    const found = await store().open(tenant, digest);
    expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(digestOf(content));
    const part = { start: 6 * mebibyte - 1, end: 12 * mebibyte + 1 };
    expect(digestOf(await wholeOf(found?.read(part) ?? text('')))).toBe(
      digestOf(content.subarray(part.start, part.end)),
    );
  });

  it('finds what a process that died has left by its age', async () => {
    const { store, files } = newBucket(server, 'shared');
    const kept = await store().write(tenant, text('kept'));
    void store().write(tenant, stuckAfter(octets(20 * mebibyte)));
    while (files().length < 3) await delay(20);
    expect(await store().sweep(Date.now() - 60_000)).toBe(0);
    expect(await store().sweep(Date.now() + 60_000)).toBe(1);
    expect(await store().list(tenant, '', 10)).toEqual([kept]);
    expect(files()).toHaveLength(1);
  });

  it('reads on from a newer copy where the one that was found has given way to it', async () => {
    const { store } = newBucket(server, 'shared');
    const { digest, writtenAt } = await store().write(tenant, text('same'));
    const found = await store().open(tenant, digest);
    while (Date.now() <= writtenAt);
    await store().write(tenant, text('same'));
    expect(await wholeOf(found?.read({ start: 1, end: 4 }) ?? text(''))).toEqual(Buffer.from('ame'));
  });

  it('keeps what it has acknowledged when the server is killed, and is unavailable meanwhile', async () => {
    const own = await start('killed');
    const { connection, store } = newBucket(own, 'killed');
    const content = octets(40 * mebibyte);
    const { digest } = await store().write(tenant, pieces(content));
    const found = await store().open(tenant, digest);
    const readThrough = async () => {
      let isFirst = true;
      for await (const _piece of found?.read() ?? text('')) {
        if (isFirst) own.signal('SIGKILL');
        isFirst = false;
      }
    };
    await expect(readThrough()).rejects.toThrow(Unavailable);
    await own.exited;
    for (const work of [
      () => store().write(tenant, text('x')),
      () => store().write(tenant, pieces(content)),
      () => store().open(tenant, digest),
      () => store().remove(tenant, digest),
      () => store().list(tenant, '', 1),
      () => store().sweep(1),
    ]) {
      await expect(work()).rejects.toThrow(Unavailable);
    }
    const again = await startVersityGw(versitygw ?? '', { folder: join(folder, 'killed'), port: own.port });
    started.push(again);
    expect(connection.endpoint).toBe(again.url);
    expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(digest);
  });

  it('says so where the key is wrong: no waiting helps', async () => {
    const { connection } = newBucket(server, 'shared');
    const credentials = { ...server.credentials, secretAccessKey: 'wrong' };
    const store = new S3BlobStore(connectS3({ ...connection, credentials }), connection.bucket);
    await expect(store.write(tenant, text('x'))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  const openssl = spawnSync('openssl', ['version']).status === 0;
  it.skipIf(!openssl)('trusts the authority that it was given, and no other', async () => {
    const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name)) as [string, string];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const subject = ['-subj', '/CN=almanac', '-addext', 'subjectAltName=IP:127.0.0.1'];
    spawnSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert]);
    expect(existsSync(cert)).toBe(true);
    const { connection } = newBucket(await start('tls', { cert, key }), 'tls');
    const trusting = connectS3({ ...connection, ca: [readFileSync(cert, 'utf8')] });
    const store = new S3BlobStore(trusting, connection.bucket);
    const { digest } = await store.write(tenant, text('x'));
    expect(await store.open(tenant, digest)).not.toBeNull();
    const doubting = new S3BlobStore(connectS3(connection), connection.bucket);
    await expect(doubting.open(tenant, digest)).rejects.toThrow(/self-signed/);
  });
});
