import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ClamavScanner } from '@almanac/adapters-clamav';
import {
  commitsCollection,
  connectKafka,
  connectMongo,
  createTopics,
  KafkaChangeNotices,
  KafkaCommandGateway,
  type KafkaNames,
  kafkaNames,
  Lease,
  leasesCollection,
  MongoAttachmentReader,
  MongoCollectionReader,
  MongoCollectionStateReader,
  MongoDirectoryStateReader,
  MongoEventStore,
  MongoMemberReader,
  MongoOutcomeLog,
  MongoPrincipalReader,
  MongoReadModelWriter,
  MongoTenantReader,
  MongoTrashReader,
  outcomesCollection,
  positionsCollection,
  ReadModels,
  shownVersion,
  versionsShown,
} from '@almanac/adapters-distributed';
import type { ServiceName } from '@almanac/contracts';
import { log } from '@almanac/observability';
import { type Leases, noScanner } from '@almanac/ports';
import { SignedLinks } from '@almanac/service-host';
import { openBlobStore } from './blob-store.js';
import type { BackboneConfiguration } from './configuration.js';
import { storedLinkKey } from './link-key.js';

/** All services, for whose topics any process may be the first to ask. */
const services: readonly ServiceName[] = ['calendar', 'tasks', 'directory', 'attachments'];

const retryDelay = 1_000;

export type Backbone = ReturnType<typeof openBackbone>;

/**
 * A process's connections to the broker and the database, and the adapters over them. Nothing is asked of either before
 * `prepare`.
 */
export function openBackbone(configuration: BackboneConfiguration) {
  const instance = randomUUID();
  const kafka = connectKafka({ ...configuration.kafka, clientId: `almanac-${instance}` });
  const mongo = connectMongo(configuration.mongo);
  const database = mongo.db(configuration.database);
  const models = new ReadModels(database, { instance });
  const commits = commitsCollection(database);
  const names = kafkaNames(configuration.kafkaPrefix);
  const storeOf = (service: ServiceName) => new MongoEventStore(commits, service);
  const anyStore = storeOf('directory');
  const leases = leasesCollection(database);
  const changes = new KafkaChangeNotices(kafka, {
    names,
    instance,
    services: ['calendar', 'tasks', 'directory'],
    shown: (streams) => versionsShown(models, streams),
  });
  return {
    instance,
    kafka,
    names,
    database,
    commits,
    models,
    storeOf,
    positions: positionsCollection(database),
    leases,
    leasesFor: ((name, duration) => new Lease(leases, { name, holder: instance, duration })) satisfies Leases,
    gateway: new KafkaCommandGateway(kafka, {
      names,
      frontend: instance,
      // A commit that the read models do not show yet is none that a client may be told of.
      lookup: async (command) => {
        const [commit] = await anyStore.findByCommands([command]);
        if (commit === undefined) return undefined;
        return (await shownVersion(models, commit.stream)) < commit.version ? undefined : commit;
      },
    }),
    blobs: openBlobStore(configuration.blobs, database),
    scanner:
      configuration.attachments.clamav === null ? noScanner : new ClamavScanner(configuration.attachments.clamav),
    links: new SignedLinks(async () => configuration.attachments.linkKey ?? storedLinkKey(database)),
    changes,
    outcomes: new MongoOutcomeLog(outcomesCollection(database)),
    writer: new MongoReadModelWriter(models),
    collections: new MongoCollectionReader(models),
    members: new MongoMemberReader(models),
    trash: new MongoTrashReader(models),
    attachments: new MongoAttachmentReader(models),
    tenants: new MongoTenantReader(models),
    principals: new MongoPrincipalReader(models),
    collectionStates: new MongoCollectionStateReader(models),
    directoryStates: new MongoDirectoryStateReader(models),
    /** Makes what is missing in either; a broker or a database that is not there yet is waited for. */
    async prepare(isStopped: () => boolean = () => false): Promise<void> {
      await untilDone(isStopped, 'the database', () => models.start());
      await untilDone(isStopped, 'the broker', () => makeTopics(kafka, names, configuration));
    },
    /** @throws when the database does not answer */
    async askDatabase(): Promise<void> {
      await database.command({ ping: 1 }, { timeoutMS: probeLimit });
    },
    async close(): Promise<void> {
      await changes.stop();
      await models.stop().catch((error: unknown) => log('warn', 'the database was not told of the end', { error }));
      await mongo.close();
    },
  };
}

const probeLimit = 2_000;

const makeTopics = (
  kafka: ReturnType<typeof connectKafka>,
  names: KafkaNames,
  { partitions, replicationFactor }: BackboneConfiguration,
) => createTopics(kafka, names, services, { partitions, replicationFactor });

async function untilDone(isStopped: () => boolean, whom: string, work: () => Promise<void>): Promise<void> {
  while (!isStopped()) {
    try {
      return await work();
    } catch (error) {
      log('warn', `waiting for ${whom}`, { error });
      await delay(retryDelay);
    }
  }
}
