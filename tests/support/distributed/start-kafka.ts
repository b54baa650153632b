import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { runServer, type Server } from './run-server.js';

/** A fixed one: each broker is a cluster of its own. */
const clusterId = 'YWxtYW5hYy10ZXN0LWtmaw';

const properties = (folder: string, port: number, controllerPort: number) => `
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

/** A real Kafka of one node on free ports and in a folder of its own. @param tools `java`, and the folder of the jars */
export async function startKafka(tools: { readonly java: string; readonly kafka: string }): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-kafka-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const config = join(folder, 'server.properties');
  writeFileSync(config, properties(folder, port, controllerPort));
  const jvm = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', `${tools.kafka}/*`];
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', config];
  const formatted = spawnSync(tools.java, [...jvm, ...format], { encoding: 'utf8' });
  try {
    if (formatted.status !== 0) throw new Error(`Kafka's storage was not formatted: ${formatted.stderr}`);
    // The port is open before the broker answers; only this line says that it does.
    const server = await runServer([tools.java, ...jvm, 'kafka.Kafka', config], (output) =>
      output.includes('Kafka Server started'),
    );
    return { url: `127.0.0.1:${port}`, end: () => server.end().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
