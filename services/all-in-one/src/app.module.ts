import {
  ATTACHMENT_READER,
  ATTACHMENT_SCANNER,
  type AttachmentScanner,
  BLOB_STORE,
  CHANGE_NOTICES,
  COLLECTION_READER,
  COMMAND_GATEWAY,
  MEMBER_READER,
  PRINCIPAL_READER,
  TENANT_READER,
  TRASH_READER,
} from '@almanac/ports';
import { DavFrontendModule } from '@almanac/service-dav-frontend';
import { HealthModule, SIGNED_LINKS, type SignedLinks } from '@almanac/service-host';
import { type DynamicModule, Module } from '@nestjs/common';
import type { FolderStore } from './store/embedded-store.js';

/** What attachments need beside the store. */
export interface AttachmentTools {
  readonly scanner: AttachmentScanner;
  readonly links: SignedLinks;
}

/** The open store under the names of its ports. */
@Module({})
class StoreModule {
  static over(store: FolderStore, { scanner, links }: AttachmentTools): DynamicModule {
    const ports = [
      { provide: COMMAND_GATEWAY, useValue: store.gateway },
      { provide: COLLECTION_READER, useValue: store.collections },
      { provide: MEMBER_READER, useValue: store.members },
      { provide: TRASH_READER, useValue: store.trash },
      { provide: CHANGE_NOTICES, useValue: store.changes },
      { provide: TENANT_READER, useValue: store.tenants },
      { provide: PRINCIPAL_READER, useValue: store.principals },
      { provide: ATTACHMENT_READER, useValue: store.attachments },
      { provide: BLOB_STORE, useValue: store.blobs },
      { provide: ATTACHMENT_SCANNER, useValue: scanner },
      { provide: SIGNED_LINKS, useValue: links },
    ];
    return { module: StoreModule, global: true, providers: ports, exports: ports.map(({ provide }) => provide) };
  }
}

/** What answers HTTP; the deciding services run in the writer's thread. */
@Module({})
export class AppModule {
  static over(store: FolderStore, tools: AttachmentTools): DynamicModule {
    const health = HealthModule.over({ store: () => demandStore(store) });
    return { module: AppModule, imports: [StoreModule.over(store, tools), DavFrontendModule, health] };
  }
}

/** It is read here, and written to by the writer's thread. */
async function demandStore(store: FolderStore): Promise<void> {
  await store.tenants.tenants();
  await store.ready();
}
