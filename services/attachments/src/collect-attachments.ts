import { randomUUID } from 'node:crypto';
import { type AttachmentRecord, commandId, type StreamName, type TenantId } from '@almanac/contracts';
import type { AttachmentReader, BlobRecord, BlobStore, CommandGateway } from '@almanac/ports';

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
 */
export async function collectAttachments(ports: CollectionPorts, grace: number): Promise<Collected> {
  const collected: Collected = { attachments: 0, blobs: 0 };
  const before = ports.now() - grace;
  const seen = new Set<string>();
  for (;;) {
    const idle = await ports.attachments.idleAttachments(before, pageSize);
    // What is idle still was used again meanwhile, and the read model will show it.
    if (idle.every(({ managedId }) => seen.has(managedId))) break;
    for (const { managedId } of idle) seen.add(managedId);
    await Promise.all([...byStream(idle)].map((each) => collectOf(ports, each, before)));
    collected.attachments += idle.length;
  }
  for (const tenant of await ports.attachments.tenantsWithAttachments()) {
    collected.blobs += await collectBlobs(ports, tenant, before);
  }
  await ports.blobs.sweep(ports.now() - Math.max(grace, longestUpload));
  return collected;
}

const byStream = (idle: readonly AttachmentRecord[]): Map<string, AttachmentRecord[]> =>
  Map.groupBy(idle, ({ stream }) => stream);

async function collectOf(
  { gateway, now }: CollectionPorts,
  [stream, idle]: readonly [string, readonly AttachmentRecord[]],
  idleBefore: number,
): Promise<void> {
  const managedIds = idle.map(({ managedId }) => managedId);
  await gateway.execute({
    commandId: commandId(randomUUID()),
    service: 'attachments',
    stream: stream as StreamName,
    actor: 'attachments.collect',
    at: now(),
    notAfter: now() + 60_000,
    body: { type: 'CollectAttachments', managedIds, idleBefore },
  });
}

async function collectBlobs({ attachments, blobs }: CollectionPorts, tenant: TenantId, before: number) {
  let count = 0;
  for (let after = ''; ; ) {
    const page = await blobs.list(tenant, after, pageSize);
    const old = page.filter(({ writtenAt }) => writtenAt < before);
    const used = await attachments.digestsInUse(tenant, old.map(digestOf));
    for (const digest of old.map(digestOf)) {
      if (!used.has(digest) && (await blobs.remove(tenant, digest, before))) count += 1;
    }
    if (page.length < pageSize) return count;
    after = page.at(-1)?.digest ?? after;
  }
}

const digestOf = ({ digest }: BlobRecord): string => digest;
