/**
 * `npm run stack`: the distributed mode on this machine, two replicas of each service behind a load balancer, with a real
 * Kafka and a server of the MongoDB protocol, or with yours (`--kafka`, `--mongo-url`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenStale } from './build.mjs';
import { provision } from './provision.mjs';
import { tools } from './provision/tools.mjs';
import { onProductNode, root } from './require-node.mjs';
import { startCluster } from './stack/cluster.mjs';

const usage = `Usage: npm run stack -- [--kafka host:port,…] [--mongo-url mongodb://…] [--replicas 2] [--data folder]
Without --kafka and --mongo-url, servers of its own are started; without --data, what they keep goes when they end.
ALMANAC_HOST, ALMANAC_PORT (8008), ALMANAC_SEED, ALMANAC_PROFILE and ALMANAC_LOG_LEVEL count as for npm start.`;

function settings() {
  try {
    const string = /** @type {const} */ ({ type: 'string' });
    const options = { kafka: string, 'mongo-url': string, replicas: string, data: string };
    const { values } = parseArgs({ options });
    const replicas = Number(values.replicas ?? 2);
    if (!Number.isInteger(replicas) || replicas < 1) throw new Error('--replicas must be a number from 1.');
    return { ...values, replicas };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n${usage}`);
    process.exit(2);
  }
}

/** Runs the CLI beside the services; its words are for whoever started the stack. @returns {Promise<void>} */
function cli(/** @type {NodeJS.ProcessEnv} */ env, /** @type {string[]} */ ...words) {
  const program = join(root, 'services/all-in-one/dist/cli.js');
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((done, fail) =>
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`almanac ${words[0]} failed`)))),
  );
}

/** Before anything is started. */
async function demandFreePort() {
  const port = Number(process.env.ALMANAC_PORT || 8008);
  const probe = createServer().listen(port, process.env.ALMANAC_HOST || '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    console.error(
      `almanac: port ${port} cannot be had (${/** @type {NodeJS.ErrnoException} */ (error).code}); set ALMANAC_PORT.`,
    );
    process.exit(1);
  }
  await once(probe.close(), 'close');
}

await onProductNode();
const { kafka, 'mongo-url': mongo, replicas, data } = settings();
await demandFreePort();
buildWhenStale();
if (kafka === undefined || mongo === undefined) await provision();
const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'almanac-stack-')) : resolve(data);
const { ALMANAC_HOST: host, ALMANAC_PORT: port, ALMANAC_SEED: seed } = process.env;

/** @type {Awaited<ReturnType<typeof startCluster>> | null} */
let cluster = null;
let stopping = false;
async function stop(/** @type {number} */ code) {
  if (stopping) return;
  stopping = true;
  await cluster?.stop();
  if (data === undefined) rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  cluster = await startCluster({
    folder,
    tools: tools(),
    replicas,
    port: Number(port || 8008),
    ...(host ? { host } : {}),
    ...(kafka === undefined ? {} : { kafka }),
    ...(mongo === undefined ? {} : { mongo }),
    print: (text) => process.stderr.write(text),
  });
  await (seed ? cli(cluster.env, 'seed', resolve(seed)) : cli(cluster.env, 'first-account', '--url', cluster.url));
  console.log(`almanac ready on ${cluster.url}`);
} catch (error) {
  if (!stopping) console.error(`almanac: ${/** @type {Error} */ (error).message}`);
  await stop(1);
}
