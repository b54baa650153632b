import {
  COLLECTION_READER,
  COMMAND_GATEWAY,
  MEMBER_READER,
  PRINCIPAL_READER,
  TENANT_READER,
  TRASH_READER,
} from '@almanac/ports';
import { DavFrontendModule } from '@almanac/service-dav-frontend';
import { HealthModule } from '@almanac/service-host';
import { type DynamicModule, Module } from '@nestjs/common';
import type { EmbeddedStore } from './store/embedded-store.js';

/** The open store under the names of its ports. */
@Module({})
class StoreModule {
  static over(store: EmbeddedStore): DynamicModule {
    const ports = [
      { provide: COMMAND_GATEWAY, useValue: store.gateway },
      { provide: COLLECTION_READER, useValue: store.collections },
      { provide: MEMBER_READER, useValue: store.members },
      { provide: TRASH_READER, useValue: store.trash },
      { provide: TENANT_READER, useValue: store.tenants },
      { provide: PRINCIPAL_READER, useValue: store.principals },
    ];
    return { module: StoreModule, global: true, providers: ports, exports: ports.map(({ provide }) => provide) };
  }
}

/** What answers HTTP; the deciding services run in the writer's thread. */
@Module({})
export class AppModule {
  static over(store: EmbeddedStore): DynamicModule {
    const health = HealthModule.over({ store: () => demandStore(store) });
    return { module: AppModule, imports: [StoreModule.over(store), DavFrontendModule, health] };
  }
}

/** It is read here, and written to by the writer's thread. */
async function demandStore(store: EmbeddedStore): Promise<void> {
  await store.tenants.tenants();
  await store.ready();
}
