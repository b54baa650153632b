import { readdirSync } from 'node:fs';
import { tenantId } from '@almanac/contracts';
import type { BlobStore } from '@almanac/ports';
import { FileBlobStore } from '../blobs/file-blob-store.js';
import { openReader } from '../database.js';

/** Beside a backup, the contents of its attachments. */
export const blobsBeside = (file: string): string => `${file}.blobs`;

interface BlobName {
  readonly tenant: string;
  readonly digest: string;
  /** A member refers to it: without it, something would lead to nothing. */
  readonly referred: boolean;
}

/** The blobs that a store's attachments are of. */
export function blobsOf(store: string): readonly BlobName[] {
  const reader = openReader(store);
  try {
    return reader
      .all(
        `SELECT tenant, digest, min(idle_since IS NOT NULL) FROM attachments WHERE live = 1
         GROUP BY tenant, digest ORDER BY tenant, digest`,
      )
      .map(([tenant, digest, idle]) => ({ tenant: String(tenant), digest: String(digest), referred: idle === 0 }));
  } finally {
    reader.close();
  }
}

/**
 * Copies blobs that are not there yet.
 * @returns how many were nowhere that a member refers to
 */
export async function copyBlobs(names: readonly BlobName[], from: BlobStore, to: BlobStore): Promise<number> {
  let missing = 0;
  for (const { tenant, digest, referred } of names) {
    const id = tenantId(tenant);
    if ((await to.open(id, digest)) !== null) continue;
    const blob = await from.open(id, digest);
    if (blob !== null) await to.write(id, blob.read());
    else if (referred) missing += 1;
  }
  return missing;
}

/** Leaves in a backup's folder of blobs only these. */
export async function pruneBlobs(folder: string, names: readonly BlobName[]): Promise<void> {
  const wanted = new Set(names.map(({ tenant, digest }) => `${tenant}/${digest}`));
  const store = new FileBlobStore(folder);
  for (const tenant of tenantsIn(folder)) {
    for (const { digest } of await store.list(tenantId(tenant), '', Number.MAX_SAFE_INTEGER)) {
      if (!wanted.has(`${tenant}/${digest}`)) await store.remove(tenantId(tenant), digest);
    }
  }
}

function tenantsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('~'));
  } catch {
    return [];
  }
}
