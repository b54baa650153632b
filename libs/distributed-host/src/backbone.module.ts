import {
  ATTACHMENT_READER,
  ATTACHMENT_SCANNER,
  ATTACHMENT_STATE_READER,
  BLOB_STORE,
  CHANGE_NOTICES,
  COLLECTION_READER,
  COLLECTION_STATE_READER,
  COMMAND_GATEWAY,
  DIRECTORY_STATE_READER,
  EVENT_STORE,
  type EventStore,
  LEASES,
  MEMBER_READER,
  OUTCOME_LOG,
  PRINCIPAL_READER,
  READ_MODEL_WRITER,
  TENANT_READER,
  TRASH_READER,
} from '@almanac/ports';
import { SIGNED_LINKS } from '@almanac/service-host';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Backbone } from './backbone.js';

/** The distributed adapters under the names of their ports. */
@Module({})
export class BackboneModule {
  /** @param store the log of the service that appends; null for a process that only reads */
  static over(backbone: Backbone, store: EventStore | null = null): DynamicModule {
    const adapters = [
      { provide: COMMAND_GATEWAY, useValue: backbone.gateway },
      { provide: CHANGE_NOTICES, useValue: backbone.changes },
      { provide: COLLECTION_READER, useValue: backbone.collections },
      { provide: MEMBER_READER, useValue: backbone.members },
      { provide: TRASH_READER, useValue: backbone.trash },
      { provide: ATTACHMENT_READER, useValue: backbone.attachments },
      { provide: ATTACHMENT_STATE_READER, useValue: backbone.attachments },
      { provide: ATTACHMENT_SCANNER, useValue: backbone.scanner },
      { provide: BLOB_STORE, useValue: backbone.blobs },
      { provide: SIGNED_LINKS, useValue: backbone.links },
      { provide: LEASES, useValue: backbone.leasesFor },
      { provide: TENANT_READER, useValue: backbone.tenants },
      { provide: PRINCIPAL_READER, useValue: backbone.principals },
      { provide: COLLECTION_STATE_READER, useValue: backbone.collectionStates },
      { provide: DIRECTORY_STATE_READER, useValue: backbone.directoryStates },
      { provide: OUTCOME_LOG, useValue: backbone.outcomes },
      { provide: READ_MODEL_WRITER, useValue: backbone.writer },
      ...(store === null ? [] : [{ provide: EVENT_STORE, useValue: store }]),
    ];
    return {
      module: BackboneModule,
      global: true,
      providers: adapters,
      exports: adapters.map(({ provide }) => provide),
    };
  }
}
