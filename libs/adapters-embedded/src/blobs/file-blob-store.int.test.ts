import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenantId } from '@almanac/contracts';
import { blobStoreContract, pieces } from '@almanac/port-contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { FileBlobStore } from './file-blob-store.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-blobs-'));
  folders.push(folder);
  return join(folder, 'blobs');
}

const tenant = tenantId('example');
const text = (value: string) => pieces(new TextEncoder().encode(value));
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());

blobStoreContract(async () => {
  const folder = newFolder();
  return { store: new FileBlobStore(folder), other: new FileBlobStore(folder) };
});

describe('Blobs in files', () => {
  it('lie under their digest, and for nobody else to read', async () => {
    const folder = newFolder();
    const { digest } = await new FileBlobStore(folder).write(tenant, text('abc'));
    const [file] = filesIn(folder);
    expect(file?.parentPath).toBe(join(folder, 'example', digest.slice(0, 2), digest));
    expect(filesIn(folder)).toHaveLength(1);
    expect(statSync(join(file?.parentPath ?? '', file?.name ?? '')).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('leave no empty folder of a blob that was removed', async () => {
    const folder = newFolder();
    const store = new FileBlobStore(folder);
    const { digest } = await store.write(tenant, text('abc'));
    await store.remove(tenant, digest);
    expect(readdirSync(join(folder, 'example', digest.slice(0, 2)))).toEqual([]);
  });

  it('leave an empty folder when the process dies between two steps, until they are listed', async () => {
    const folder = newFolder();
    const store = new FileBlobStore(folder);
    const { digest } = await store.write(tenant, text('abc'));
    const shard = join(folder, 'example', digest.slice(0, 2));
    mkdirSync(join(shard, `${digest.slice(0, 2)}${'0'.repeat(62)}`));
    expect((await store.list(tenant, '', 10)).map((blob) => blob.digest)).toEqual([digest]);
    expect(readdirSync(shard)).toEqual([digest]);
  });

  it('leave a draft when the process dies, which is swept by its age', async () => {
    const folder = newFolder();
    let clock = 1_000_000_000_000;
    const dying = new FileBlobStore(folder, () => clock);
    async function* never(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      await new Promise(() => {});
    }
    void dying.write(tenant, never());
    while (filesIn(join(folder, '..')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const next = new FileBlobStore(folder, () => clock);
    clock += 60_000;
    await next.write(tenant, text('other'));
    expect(await next.sweep(clock - 60_000)).toBe(0);
    expect(await next.sweep(clock - 59_999)).toBe(1);
    expect(filesIn(folder)).toHaveLength(1);
    expect(await next.list(tenant, '', 10)).toHaveLength(1);
  });

  it('are not looked for in a place that a tenant or digest made up would lead to', async () => {
    const store = new FileBlobStore(newFolder());
    const elsewhere = tenantId('../elsewhere');
    await expect(store.write(elsewhere, text('x'))).rejects.toThrow(RangeError);
    await expect(store.open(elsewhere, 'a'.repeat(64))).rejects.toThrow(RangeError);
    await expect(store.list(elsewhere, '', 1)).rejects.toThrow(RangeError);
  });
});
