import {
  ATTACHMENT_READER,
  type AttachmentReader,
  BLOB_STORE,
  type BlobStore,
  COMMAND_GATEWAY,
  type CommandGateway,
  LEASES,
  type Leases,
} from '@almanac/ports';
import { readAttachmentsConfiguration } from '@almanac/service-host';
import { Module } from '@nestjs/common';
import { AttachmentsModule } from './attachments.module.js';
import { PeriodicCollection } from './periodic-collection.js';

export const PERIODIC_COLLECTION = Symbol('PeriodicCollection');

/** The service as a process of its own: one replica at a time collects what nobody refers to. */
@Module({
  imports: [AttachmentsModule],
  providers: [
    {
      provide: PERIODIC_COLLECTION,
      inject: [COMMAND_GATEWAY, ATTACHMENT_READER, BLOB_STORE, LEASES],
      useFactory: (gateway: CommandGateway, attachments: AttachmentReader, blobs: BlobStore, leases: Leases) => {
        const { grace } = readAttachmentsConfiguration(process.env);
        return new PeriodicCollection({ gateway, attachments, blobs, now: Date.now }, grace, leases);
      },
    },
  ],
  exports: [PERIODIC_COLLECTION],
})
export class AttachmentsHostModule {}
