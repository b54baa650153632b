import { randomUUID } from 'node:crypto';
import { type AttachmentRecord, type Command, commandId, type StreamName, type TenantId } from '@almanac/contracts';
import { log } from '@almanac/observability';
import {
  type AttachmentReader,
  type BlobRecord,
  type BlobStore,
  CommandFailed,
  type CommandGateway,
} from '@almanac/ports';

export interface CollectionPorts {
  readonly gateway: CommandGateway;
  readonly attachments: AttachmentReader;
  readonly blobs: BlobStore;
  readonly now: () => number;
}

export interface Collected {
  attachments: number;
  blobs: number;
}

const pageSize = 200;

/** An upload that takes longer is given up. */
const longestUpload = 60 * 60_000;

/**
 * Removes the attachments that no member has referred to for the grace time, then the blobs that are no attachment's and
 * were not written within it, then what unfinished uploads have left (A6). Bears to be done twice at the same time.
 * @param grace milliseconds
 * @param over nothing more is begun once it is aborted
 */
export async function collectAttachments(ports: CollectionPorts, grace: number, over: AbortSignal): Promise<Collected> {
  const collected: Collected = { attachments: 0, blobs: 0 };
  const before = ports.now() - grace;
  const seen = new Set<string>();
  for (let left = 0; ; ) {
    over.throwIfAborted();
    const idle = await ports.attachments.idleAttachments(before, pageSize + left);
    // What is idle still was used again meanwhile, and the read model will show it; or its home fails.
    const fresh = idle.filter(({ managedId }) => !seen.has(managedId));
    if (fresh.length === 0) break;
    for (const { managedId } of fresh) seen.add(managedId);
    const counts = await Promise.all([...byStream(fresh)].map((each) => collectOf(ports, each, before)));
    const done = counts.reduce((sum, count) => sum + count, 0);
    collected.attachments += done;
    left += fresh.length - done;
  }
  for (const tenant of await ports.attachments.tenantsWithAttachments()) {
    collected.blobs += await collectBlobs(ports, { tenant, before, over });
  }
  over.throwIfAborted();
  await ports.blobs.sweep(ports.now() - Math.max(grace, longestUpload));
  return collected;
}

const byStream = (idle: readonly AttachmentRecord[]): Map<string, AttachmentRecord[]> =>
  Map.groupBy(idle, ({ stream }) => stream);

/** @returns how many were seen to; none of a home that fails */
async function collectOf(
  { gateway, now }: CollectionPorts,
  [stream, idle]: readonly [string, readonly AttachmentRecord[]],
  idleBefore: number,
): Promise<number> {
  const managedIds = idle.map(({ managedId }) => managedId);
  const command: Command = {
    commandId: commandId(randomUUID()),
    service: 'attachments',
    stream: stream as StreamName,
    actor: 'attachments.collect',
    at: now(),
    notAfter: now() + 60_000,
    body: { type: 'CollectAttachments', managedIds, idleBefore },
  };
  try {
    await gateway.execute(command);
    return idle.length;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    // Those of the other homes are not kept for it.
    log('error', 'attachments of a home were not collected', { stream, error });
    return 0;
  }
}

interface Unused {
  readonly tenant: TenantId;
  readonly before: number;
  readonly over: AbortSignal;
}

async function collectBlobs({ attachments, blobs }: CollectionPorts, { tenant, before, over }: Unused) {
  let count = 0;
  for (let after = ''; ; ) {
    const page = await blobs.list(tenant, after, pageSize);
    const old = page.filter(({ writtenAt }) => writtenAt < before);
    const used = await attachments.digestsInUse(tenant, old.map(digestOf));
    for (const digest of old.map(digestOf)) {
      over.throwIfAborted();
      if (!used.has(digest) && (await blobs.remove(tenant, digest, before))) count += 1;
    }
    if (page.length < pageSize) return count;
    after = page.at(-1)?.digest ?? after;
  }
}

const digestOf = ({ digest }: BlobRecord): string => digest;
