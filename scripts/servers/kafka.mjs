import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { runServer } from './run-server.mjs';

/** A fixed one: each broker is a cluster of its own. */
const clusterId = 'YWxtYW5hYy10ZXN0LWtmaw';

const properties = (/** @type {string} */ folder, /** @type {number} */ port, /** @type {number} */ controllerPort) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${join(folder, 'data')}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
`;

/**
 * A real Kafka of one node on loopback.
 * @param {{ java: string, kafka: string }} tools Java, and the folder of the jars
 * @param {{ folder: string, ports?: readonly number[], advertised?: number }} where what is in the folder is gone on with;
 *   `advertised` is the port that clients are sent to, where something stands in between
 */
export async function startKafka(tools, { folder, ports, advertised }) {
  mkdirSync(folder, { recursive: true });
  const [port = 0, controllerPort = 0] = ports ?? (await freePorts(2));
  const config = join(folder, 'server.properties');
  const text = properties(folder, port, controllerPort);
  writeFileSync(config, text.replace(/(advertised.*:)\d+/, `$1${advertised ?? port}`));
  const jvm = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', `${tools.kafka}/*`];
  if (!existsSync(join(folder, 'data/meta.properties'))) {
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', config];
    const { status, stderr } = spawnSync(tools.java, [...jvm, ...format], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Kafka's storage was not formatted: ${stderr}`);
  }
  // The port is open before the broker answers; only this line says that it does.
  const server = await runServer([tools.java, ...jvm, 'kafka.Kafka', config], (output) =>
    output.includes('Kafka Server started'),
  );
  return { ...server, url: `127.0.0.1:${advertised ?? port}`, port, ports: [port, controllerPort] };
}
