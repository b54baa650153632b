import { type AttachmentRecord, type Command, tenantId } from '@almanac/contracts';
import {
  type AttachmentReader,
  type BlobRecord,
  type BlobStore,
  CommandFailed,
  type CommandGateway,
} from '@almanac/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { collectAttachments } from './collect-attachments.js';

const tenant = tenantId('t');
const now = 10_000_000;
const grace = 1_000;
const over = new AbortController().signal;

let idle: AttachmentRecord[];
let blobs: BlobRecord[];
let inUse: Set<string>;
let commands: Command[];
let sweptBefore: number;

beforeEach(() => {
  [idle, blobs, inUse, commands, sweptBefore] = [[], [], new Set(), [], 0];
});

const record = (managedId: string, stream = 't/ada/@attachments'): AttachmentRecord =>
  ({ managedId, stream, version: 3 }) as AttachmentRecord;

const gateway: CommandGateway = {
  async execute(command) {
    commands.push(command);
    if (command.body.type === 'CollectAttachments') {
      const { managedIds } = command.body;
      idle = idle.filter(({ managedId }) => !managedIds.includes(managedId));
    }
    return { kind: 'accepted', outcome: { version: 4 } };
  },
};

const attachments = {
  idleAttachments: async (_before: number, limit: number) => idle.slice(0, limit),
  tenantsWithAttachments: async () => [tenant],
  digestsInUse: async (_tenant: string, digests: readonly string[]) =>
    new Set(digests.filter((digest) => inUse.has(digest))),
} as unknown as AttachmentReader;

const store = {
  list: async (_tenant: string, after: string, limit: number) =>
    blobs.filter(({ digest }) => digest > after).slice(0, limit),
  remove: async (_tenant: string, digest: string, before: number) => {
    const found = blobs.find((blob) => blob.digest === digest);
    if (found === undefined || found.writtenAt >= before) return false;
    blobs = blobs.filter((blob) => blob !== found);
    return true;
  },
  sweep: async (before: number) => {
    sweptBefore = before;
    return 0;
  },
} as unknown as BlobStore;

const collect = () => collectAttachments({ gateway, attachments, blobs: store, now: () => now }, grace, over);
const blob = (digest: string, writtenAt = 0): BlobRecord => ({ digest, size: 1, writtenAt });

describe('A6: collecting', () => {
  it('asks each home for what has been idle for the grace time', async () => {
    idle = [record('x'), record('y', 't/bob/@attachments'), record('z')];
    expect(await collect()).toEqual({ attachments: 3, blobs: 0 });
    expect(commands.map(({ stream, body }) => [stream, body])).toEqual([
      ['t/ada/@attachments', { type: 'CollectAttachments', managedIds: ['x', 'z'], idleBefore: now - grace }],
      ['t/bob/@attachments', { type: 'CollectAttachments', managedIds: ['y'], idleBefore: now - grace }],
    ]);
  });

  it('goes on for more than a page, and ends where nothing changes', async () => {
    idle = Array.from({ length: 450 }, (_, index) => record(`m${index}`));
    expect((await collect()).attachments).toBe(450);
    idle = [record('stays')];
    const stubborn = { ...attachments, idleAttachments: async () => [record('stays')] };
    const ports = { gateway, attachments: stubborn, blobs: store, now: () => now };
    expect(await collectAttachments(ports, grace, over)).toEqual({ attachments: 1, blobs: 0 });
  });

  it('goes on where the command for a home fails, and begins nothing more once it is over', async () => {
    idle = [record('x'), record('y', 't/bob/@attachments')];
    blobs = [blob('a'.repeat(64))];
    const failing: CommandGateway = {
      execute: (command) =>
        command.stream === 't/ada/@attachments'
          ? Promise.reject(new CommandFailed({ name: 'RangeError', message: 'a rule has thrown' }))
          : gateway.execute(command),
    };
    const ports = { gateway: failing, attachments, blobs: store, now: () => now };
    expect((await collectAttachments(ports, grace, over)).blobs).toBe(1);
    expect(idle.map(({ managedId }) => managedId)).toEqual(['x']);
    blobs = [blob('a'.repeat(64))];
    await expect(collectAttachments(ports, grace, AbortSignal.abort(new Error('at the end')))).rejects.toThrow('end');
    expect(blobs).toHaveLength(1);
  });

  it('removes the blobs that are nobody’s and old; over pages', async () => {
    const digest = (index: number) => String(index).padStart(64, '0');
    blobs = Array.from({ length: 500 }, (_, index) => blob(digest(index)));
    blobs.push(blob('a'.repeat(64), now - 10), blob('b'.repeat(64)));
    inUse = new Set([digest(7), 'b'.repeat(64)]);
    expect(await collect()).toEqual({ attachments: 0, blobs: 499 });
    expect(blobs.map((one) => one.digest)).toEqual([digest(7), 'a'.repeat(64), 'b'.repeat(64)]);
  });

  it('leaves uploads alone that may still go on', async () => {
    await collect();
    expect(now - sweptBefore).toBeGreaterThanOrEqual(3_600_000);
  });
});
