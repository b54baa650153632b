/** All services of the distributed mode as processes of this machine, for `npm run stack`, tests and measurements. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../require-node.mjs';
import { freePorts } from '../servers/free-ports.mjs';
import { startKafka } from '../servers/kafka.mjs';
import { runServer } from '../servers/run-server.mjs';
import { startSecantusDb } from '../servers/secantusdb.mjs';
import { startBalancer } from './balancer.mjs';

/** @typedef {'dav-frontend' | 'calendar' | 'tasks' | 'directory' | 'attachments'} ServiceName */
/** @typedef {import('../servers/run-server.mjs').Server & { service: ServiceName, port: number }} Replica */

/** @type {readonly ServiceName[]} */
export const services = ['directory', 'calendar', 'tasks', 'attachments', 'dav-frontend'];

const startLimit = 120_000;

/**
 * @typedef {object} ClusterOptions
 * @property {string} folder where broker and database keep their data
 * @property {{ java: string | null, kafka: string | null, secantusdb: string | null }} tools what to start where no address is given
 * @property {string} [kafka] brokers that are there already
 * @property {string} [mongo] the URL of a database that is there already
 * @property {string} [host]
 * @property {number} [port] of the balancer; 0 takes a free one
 * @property {number} [replicas] of each service
 * @property {NodeJS.ProcessEnv} [env] settings of the services
 * @property {(text: string, from: { service: ServiceName, port: number }) => void} [print] gets what the services log
 */

/** @param {ClusterOptions} options */
export async function startCluster({ host = '127.0.0.1', port = 0, replicas = 2, ...options }) {
  const { folder, tools, env: extra = {}, print } = options;
  mkdirSync(folder, { recursive: true });
  /** @type {(() => Promise<unknown>)[]} */
  const ends = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const [broker, database] = await Promise.all([
      options.kafka === undefined ? startBroker(tools, join(folder, 'kafka')) : null,
      options.mongo === undefined ? startDatabase(tools, join(folder, 'mongo')) : null,
    ]);
    ends.push(() => Promise.all([broker?.end(), database?.end()]));
    const env = {
      ...process.env,
      ALMANAC_KAFKA_PARTITIONS: '4',
      ALMANAC_DRAIN: '1500',
      ALMANAC_TRUST_PROXY: 'on',
      ...extra,
      ALMANAC_KAFKA: options.kafka ?? broker?.url ?? '',
      ALMANAC_MONGO_URL: options.mongo ?? database?.url ?? '',
    };
    /** @type {Replica[]} */
    const running = [];
    const startReplica = async (/** @type {ServiceName} */ service, wanted = 0) => {
      const own = wanted || ((await freePorts(1))[0] ?? 0);
      const replica = await runReplica(service, {
        env: { ...env, ALMANAC_HOST: '127.0.0.1', ALMANAC_PORT: String(own) },
        ...(print === undefined ? {} : { print: (text) => print(text, { service, port: own }) }),
      });
      const entry = { ...replica, service, port: own };
      running.push(entry);
      void entry.exited.then(() => running.splice(running.indexOf(entry), 1));
      return entry;
    };
    ends.push(() => Promise.all(running.map((replica) => endGently(replica))));
    // One of each first: the topics and indexes that are missing are then made once.
    await Promise.all(services.map((service) => startReplica(service)));
    await Promise.all(services.flatMap((service) => Array.from({ length: replicas - 1 }, () => startReplica(service))));
    const ports = () => running.filter(({ service }) => service === 'dav-frontend').map((replica) => replica.port);
    const balancer = await startBalancer({ host, port, ports });
    ends.push(() => balancer.close());
    await balancer.ready(replicas);
    return { url: balancer.url, balancer, env, broker, database, replicas: running, startReplica, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {ClusterOptions['tools']} tools */
function startBroker({ java, kafka }, /** @type {string} */ folder) {
  if (java === null || kafka === null)
    throw new Error('there is no Kafka: run "npm run provision", or name one with --kafka');
  return startKafka({ java, kafka }, { folder });
}

/** @param {ClusterOptions['tools']} tools */
function startDatabase({ secantusdb }, /** @type {string} */ folder) {
  if (secantusdb === null)
    throw new Error('there is no database: run "npm run provision", or name one with --mongo-url');
  return startSecantusDb(secantusdb, { folder });
}

const runReplica = (
  /** @type {ServiceName} */ service,
  /** @type {{ env: NodeJS.ProcessEnv, print?: (text: string) => void }} */ { env, print },
) =>
  runServer(
    // kafkajs sets a timer to a time that has passed, once in each process.
    [process.execPath, '--disable-warning=TimeoutNegativeWarning', join(root, `services/${service}/dist/main.js`)],
    (output) => output.includes(`almanac ${service} ready on `),
    { env, limit: startLimit, ...(print === undefined ? {} : { print }) },
  );

const endLimit = 15_000;

/** As a machine that is shut down would: SIGTERM, and after a while SIGKILL. */
async function endGently(/** @type {Replica} */ replica) {
  replica.signal('SIGCONT');
  replica.signal('SIGTERM');
  const late = setTimeout(() => void replica.end(), endLimit);
  await replica.exited;
  clearTimeout(late);
}
