import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import {
  type Database,
  openReader,
  openScratch,
  openWriter,
  serveWriter,
  SqliteAttachmentReader,
  SqliteCollectionReader,
  SqliteCollectionStateReader,
  SqliteDirectoryStateReader,
  SqliteEventFeed,
  SqliteEventStore,
  SqliteMemberReader,
  SqlitePrincipalReader,
  SqliteReadModelWriter,
  SqliteTenantReader,
  SqliteTrashReader,
  ThreadCommandGateway,
  Writer,
} from '@almanac/adapters-embedded';
import { collectionCommands } from '@almanac/collection-service';
import { projector } from '@almanac/event-sourcing';
import {
  attachmentReaderContract,
  commandGatewayContract,
  directoryContract,
  eventFeedContract,
  eventStoreContract,
  readModelsContract,
} from '@almanac/port-contracts';
import { collectionProjections } from '@almanac/read-model';
import { afterEach } from 'vitest';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function temporaryStore(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  return join(folder, 'store.sqlite');
}

function scratch(): Database {
  const database = openScratch();
  cleanups.push(() => database.close());
  return database;
}

eventStoreContract(async () => new SqliteEventStore(scratch()));

readModelsContract(async () => {
  const database = scratch();
  return {
    writer: new SqliteReadModelWriter(database),
    collections: new SqliteCollectionReader(database),
    members: new SqliteMemberReader(database),
    states: new SqliteCollectionStateReader(database),
    trash: new SqliteTrashReader(database),
  };
});

directoryContract(async () => {
  const database = scratch();
  return {
    writer: new SqliteReadModelWriter(database),
    tenants: new SqliteTenantReader(database),
    principals: new SqlitePrincipalReader(database),
    states: new SqliteDirectoryStateReader(database),
  };
});

attachmentReaderContract(async () => {
  const database = scratch();
  const reader = new SqliteAttachmentReader(database);
  return { writer: new SqliteReadModelWriter(database), attachments: reader, states: reader };
});

function calendarWriter(): Writer {
  const database = openWriter(temporaryStore());
  cleanups.push(() => database.close());
  const calendar = collectionCommands({
    store: new SqliteEventStore(database),
    states: new SqliteCollectionStateReader(database),
    project: projector(collectionProjections, new SqliteReadModelWriter(database)),
    now: Date.now,
  });
  return new Writer(database, () => ({ calendar, tasks: calendar, directory: calendar, attachments: calendar }));
}

commandGatewayContract(async () => calendarWriter());

commandGatewayContract(async () => {
  const { port1, port2 } = new MessageChannel();
  serveWriter(port1, calendarWriter(), {});
  cleanups.push(() => port1.close());
  return new ThreadCommandGateway(port2);
});

eventFeedContract(async () => {
  const path = temporaryStore();
  const database = openWriter(path);
  const reader = openReader(path);
  cleanups.push(
    () => database.close(),
    () => reader.close(),
  );
  const store = new SqliteEventStore(database);
  const open = () => {
    const writer = new Writer(database, () => {
      throw new Error('this case sends no commands');
    });
    return { writer, feed: new SqliteEventFeed(reader, writer) };
  };
  const { writer, feed } = open();
  return {
    feed,
    reopen: async () => open().feed,
    append: async (commits) => {
      await writer.exclusively(async () => store.append(commits));
    },
  };
});
