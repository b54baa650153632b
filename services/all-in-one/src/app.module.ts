import { COLLECTION_READER, COMMAND_GATEWAY, MEMBER_READER, PRINCIPAL_READER, TENANT_READER } from '@almanac/ports';
import { DavFrontendModule } from '@almanac/service-dav-frontend';
import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule } from './health/health.module.js';
import { WRITER_PROBE, type WriterProbe } from './health/writer-probe.js';
import type { EmbeddedStore } from './store/embedded-store.js';

/** The open store under the names of its ports. */
@Module({})
class StoreModule {
  static over(store: EmbeddedStore): DynamicModule {
    const ports = [
      { provide: COMMAND_GATEWAY, useValue: store.gateway },
      { provide: COLLECTION_READER, useValue: store.collections },
      { provide: MEMBER_READER, useValue: store.members },
      { provide: TENANT_READER, useValue: store.tenants },
      { provide: PRINCIPAL_READER, useValue: store.principals },
      { provide: WRITER_PROBE, useValue: store.ready satisfies WriterProbe },
    ];
    return { module: StoreModule, global: true, providers: ports, exports: ports.map(({ provide }) => provide) };
  }
}

/** What answers HTTP; the deciding services run in the writer's thread. */
@Module({})
export class AppModule {
  static over(store: EmbeddedStore): DynamicModule {
    return { module: AppModule, imports: [StoreModule.over(store), DavFrontendModule, HealthModule] };
  }
}
