import { randomUUID } from 'node:crypto';
import {
  commitsCollection,
  MongoCollectionReader,
  MongoCollectionStateReader,
  MongoDirectoryStateReader,
  MongoEventStore,
  MongoMemberReader,
  MongoPrincipalReader,
  MongoReadModelWriter,
  MongoTenantReader,
  MongoTrashReader,
  ReadModels,
  type ReadModelsOptions,
} from '@almanac/adapters-distributed';
import { collectionCommands } from '@almanac/collection-service';
import type { Command, CommandResult, Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { EventStore, ReadModelWriter } from '@almanac/ports';
import { collectionProjections, directoryProjections } from '@almanac/read-model';

type Database = ConstructorParameters<typeof ReadModels>[0];

export const projectAll = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector([...collectionProjections, ...directoryProjections], writer);

export interface CalendarOverMongo {
  readonly models: ReadModels;
  readonly store: EventStore;
  readonly project: (commits: readonly Commit[]) => Promise<void>;
  readonly collections: MongoCollectionReader;
  readonly members: MongoMemberReader;
  readonly tenants: MongoTenantReader;
  readonly principals: MongoPrincipalReader;
  readonly states: MongoCollectionStateReader;
  readonly directory: MongoDirectoryStateReader;
  readonly trash: MongoTrashReader;
  execute(commands: readonly Command[]): Promise<readonly CommandResult[]>;
}

/** One process's calendar service and readers over a database, without a broker; `models` is started by the caller. */
export function calendarOverMongo(database: Database, options: Partial<ReadModelsOptions> = {}): CalendarOverMongo {
  const models = new ReadModels(database, { instance: randomUUID(), pollInterval: 20, ...options });
  const store = new MongoEventStore(commitsCollection(database), 'calendar');
  const states = new MongoCollectionStateReader(models);
  const project = projectAll(new MongoReadModelWriter(models));
  return {
    models,
    store,
    project,
    states,
    collections: new MongoCollectionReader(models),
    members: new MongoMemberReader(models),
    tenants: new MongoTenantReader(models),
    principals: new MongoPrincipalReader(models),
    directory: new MongoDirectoryStateReader(models),
    trash: new MongoTrashReader(models),
    execute: collectionCommands({ store, states, project, now: Date.now }),
  };
}
