import {
  type Database,
  SqliteAttachmentReader,
  SqliteCollectionReader,
  SqliteCollectionStateReader,
  SqliteDirectoryStateReader,
  SqliteEventStore,
  SqliteMemberReader,
  SqlitePrincipalReader,
  SqliteReadModelWriter,
  SqliteTenantReader,
  SqliteTrashReader,
} from '@almanac/adapters-embedded';
import {
  ATTACHMENT_READER,
  ATTACHMENT_STATE_READER,
  COLLECTION_READER,
  COLLECTION_STATE_READER,
  DIRECTORY_STATE_READER,
  EVENT_STORE,
  MEMBER_READER,
  PRINCIPAL_READER,
  READ_MODEL_WRITER,
  TENANT_READER,
  TRASH_READER,
} from '@almanac/ports';
import { AttachmentsModule } from '@almanac/service-attachments';
import { CalendarModule } from '@almanac/service-calendar';
import { DirectoryModule } from '@almanac/service-directory';
import { TasksModule } from '@almanac/service-tasks';
import { type DynamicModule, Module } from '@nestjs/common';

/** The embedded adapters over the one connection that writes, for the services that decide and project. */
@Module({})
class WriterStoreModule {
  static over(database: Database): DynamicModule {
    const attachments = new SqliteAttachmentReader(database);
    const adapters = [
      { provide: EVENT_STORE, useValue: new SqliteEventStore(database) },
      { provide: READ_MODEL_WRITER, useValue: new SqliteReadModelWriter(database) },
      { provide: COLLECTION_READER, useValue: new SqliteCollectionReader(database) },
      { provide: MEMBER_READER, useValue: new SqliteMemberReader(database) },
      { provide: TRASH_READER, useValue: new SqliteTrashReader(database) },
      { provide: TENANT_READER, useValue: new SqliteTenantReader(database) },
      { provide: PRINCIPAL_READER, useValue: new SqlitePrincipalReader(database) },
      { provide: COLLECTION_STATE_READER, useValue: new SqliteCollectionStateReader(database) },
      { provide: ATTACHMENT_READER, useValue: attachments },
      { provide: ATTACHMENT_STATE_READER, useValue: attachments },
      { provide: DIRECTORY_STATE_READER, useValue: new SqliteDirectoryStateReader(database) },
    ];
    return {
      module: WriterStoreModule,
      global: true,
      providers: adapters,
      exports: adapters.map(({ provide }) => provide),
    };
  }
}

/** Everything that runs in the writer's thread. */
@Module({})
export class WriterModule {
  static over(database: Database): DynamicModule {
    return {
      module: WriterModule,
      imports: [WriterStoreModule.over(database), CalendarModule, TasksModule, DirectoryModule, AttachmentsModule],
    };
  }
}
