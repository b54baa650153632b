import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { tools } from '../../../scripts/provision/tools.mjs';
import { freePorts } from '../../../scripts/servers/free-ports.mjs';
import { startKafka } from '../../../scripts/servers/kafka.mjs';
import type { Server } from '../../../scripts/servers/run-server.mjs';
import { mongoUrl, startSecantusDb } from '../../../scripts/servers/secantusdb.mjs';
import { type Replica, type ServiceName, startCluster } from '../../../scripts/stack/cluster.mjs';
import { runCli } from '../../support/run-cli.js';
import { TcpProxy } from './tcp-proxy.js';

export type ServerName = 'kafka' | 'database';
export type Tools = Pick<ReturnType<typeof tools>, 'java' | 'kafka' | 'secantusdb'>;
export type Testbed = Awaited<ReturnType<typeof startTestbed>>;

/** The services, with a broker and a database that can be killed and started again, and a bad network in between. */
export async function startTestbed({
  folder,
  tools: programs,
  users,
}: {
  folder: string;
  tools: Tools;
  users: readonly string[];
}) {
  const { java, kafka: jars, secantusdb } = programs;
  if (java === null || jars === null || secantusdb === null) throw new Error('the servers are not provisioned');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const [brokerPort = 0, controllerPort = 0, databasePort = 0] = await freePorts(3);
  const network = { kafka: await TcpProxy.start(brokerPort), database: await TcpProxy.start(databasePort) };
  const start: Record<ServerName, () => Promise<Server>> = {
    kafka: () =>
      startKafka(
        { java, kafka: jars },
        { folder: join(folder, 'kafka'), ports: [brokerPort, controllerPort], advertised: network.kafka.port },
      ),
    database: () => startSecantusDb(secantusdb, { folder: join(folder, 'mongo'), port: databasePort }),
  };
  const ends: (() => Promise<unknown>)[] = [() => network.kafka.close(), () => network.database.close()];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const [kafka, database] = await Promise.all([start.kafka(), start.database()]);
    const servers: Record<ServerName, Server> = { kafka, database };
    ends.push(() => Promise.all(Object.values(servers).map((server) => server.end())));
    const cluster = await startCluster({
      folder,
      tools: programs,
      kafka: `127.0.0.1:${network.kafka.port}`,
      mongo: mongoUrl(network.database.port),
      env: { ALMANAC_LOG_LEVEL: 'info' },
      print: (text, { service, port }) => appendFileSync(join(folder, 'logs', `${service}-${port}.log`), text),
    });
    ends.push(() => cluster.stop());
    await seed(folder, settingsOf(cluster.env), users);
    return {
      folder,
      cluster,
      network,
      servers,
      stop,
      /** Starts a server again on the same data and ports, after a SIGKILL. */
      async restartServer(name: ServerName): Promise<void> {
        servers[name] = await start[name]();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seed(folder: string, env: Readonly<Record<string, string>>, users: readonly string[]): Promise<void> {
  const file = join(folder, 'seed.yaml');
  const row = (id: string): string =>
    `      - {id: ${id}, login: ${id}, password: ${id}, name: ${id}, addresses: [${id}@example.org]}\n`;
  const tenant =
    '  - id: chaos\n    hosts: [localhost, 127.0.0.1]\n    domains: [example.org]\n    profile: standard\n';
  writeFileSync(file, `tenants:\n${tenant}    users:\n${users.map(row).join('')}`);
  const { code, stderr } = await runCli({ env }, ['seed', file]);
  if (code !== 0) throw new Error(`the accounts were not made: ${stderr}`);
}

/** For programs that run beside the services. */
export const settingsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));

export const replicasOf = ({ cluster }: Testbed, service: ServiceName): Replica[] =>
  cluster.replicas.filter((replica) => replica.service === service).sort((left, right) => left.port - right.port);
