import type { AttachmentRecord, CommandResult, TenantId } from '@almanac/contracts';
import type { AttachmentReader, BlobStore } from '@almanac/ports';
import { expect, it } from 'vitest';
import { PeriodicCollection } from './periodic-collection.js';

it('ends, though a round is under way that waits for what does not come', async () => {
  const asked: string[] = [];
  const released: string[] = [];
  const collection = new PeriodicCollection(
    {
      gateway: {
        execute: ({ stream }) => {
          asked.push(stream);
          return new Promise<CommandResult>(() => {});
        },
      },
      attachments: {
        idleAttachments: async () => [{ managedId: 'a', stream: 't/ada/@attachments' } as AttachmentRecord],
        tenantsWithAttachments: async () => ['t' as TenantId],
      } as unknown as AttachmentReader,
      blobs: {} as BlobStore,
      now: () => 0,
    },
    0,
    (name) => ({ hold: async () => true, release: async () => void released.push(name) }),
  );
  collection.start();
  await expect.poll(() => asked).toEqual(['t/ada/@attachments']);
  await collection.stop();
  expect(released).toEqual(['attachments.collect']);
});
