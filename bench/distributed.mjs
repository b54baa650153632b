/**
 * `npm run bench -- --distributed`: the services over Kafka and a MongoDB-compatible server, beside a bare loop of the same
 * Kafka and database operations on the same servers in the same run. Read the ratios.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import kafkajs from 'kafkajs';
import { tools } from '../scripts/provision/tools.mjs';
import { root } from '../scripts/require-node.mjs';
import { startCluster } from '../scripts/stack/cluster.mjs';
import { startBareLoop } from './bare/loop.mjs';
import { client } from './load.mjs';
import { event } from './operations.mjs';
import { cpuOf } from './service.mjs';

const homes = 16;
const partitionsOfTopic = 4;
const users = Array.from({ length: homes }, (_, index) => `user${index}`);
const seed = `tenants:
  - id: bench
    hosts: [127.0.0.1]
    profile: standard
    users:
${users.map((user) => `      - {id: ${user}, login: ${user}, password: ${user}}`).join('\n')}
`;

/** The users whose homes are in the first so many partitions. */
function usersOf(/** @type {number} */ partitions) {
  const partitioner = kafkajs.Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitionsOfTopic }, (_, partitionId) => ({ partitionId, leader: 1 }));
  return users.filter((user) => {
    const message = { key: `bench/${user}`, value: '' };
    return (
      partitioner({ topic: 'commands', partitionMetadata: /** @type {any} */ (partitionMetadata), message }) <
      partitions
    );
  });
}

/**
 * So many clients, each with its next operation when the last is done, for some seconds.
 * @returns {Promise<{ perSecond: number, median: number, count: number }>}
 */
async function load(
  /** @type {number} */ clients,
  /** @type {(index: number) => Promise<unknown>} */ operation,
  seconds = 4,
) {
  /** @type {number[]} */
  const taken = [];
  let index = 0;
  const started = performance.now();
  const work = async () => {
    while (performance.now() - started < seconds * 1000) {
      const before = performance.now();
      await operation(index++);
      taken.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  const perSecond = taken.length / ((performance.now() - started) / 1000);
  const median = taken.toSorted((left, right) => left - right)[taken.length >> 1] ?? 0;
  return { perSecond, median, count: taken.length };
}

const row = (/** @type {(string | number)[]} */ ...cells) => console.log(`| ${cells.join(' | ')} |`);
const share = (/** @type {number} */ ours, /** @type {number} */ bare) => `${Math.round((100 * ours) / bare)} %`;

export async function benchDistributed() {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-bench-'));
  const { java, kafka, secantusdb, secantusdbRs } = tools();
  const own = { java, kafka, secantusdb: secantusdbRs ?? secantusdb };
  const cluster = await startCluster({
    folder,
    tools: own,
    replicas: 1,
    env: { ALMANAC_KAFKA_PARTITIONS: String(partitionsOfTopic) },
  });
  try {
    writeFileSync(join(folder, 'seed.yaml'), seed);
    const cli = join(root, 'services/all-in-one/dist/cli.js');
    const seeded = spawnSync(process.execPath, [cli, 'seed', join(folder, 'seed.yaml')], {
      env: cluster.env,
      encoding: 'utf8',
    });
    if (seeded.status !== 0) throw new Error(seeded.stderr);
    const bare = await startBareLoop({
      broker: cluster.broker?.url ?? '',
      mongo: cluster.database?.url ?? '',
      partitions: partitionsOfTopic,
    });
    // Past the balancer, which real deployments have elsewhere.
    const frontends = cluster.replicas
      .filter(({ service }) => service === 'dav-frontend')
      .map(({ port }) => client(`http://127.0.0.1:${port}`));
    const send = await measureAll({ bare, frontends });
    await measureCpu(send, processesOf(cluster));
    for (const frontend of frontends) frontend.close();
    await bare.stop();
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @typedef {{ bare: Awaited<ReturnType<typeof startBareLoop>>, frontends: ReturnType<typeof client>[] }} Sides */

async function measureAll(/** @type {Sides} */ sides) {
  const { frontends } = sides;
  const send = (
    /** @type {string} */ user,
    /** @type {import('./load.mjs').Request} */ request,
    /** @type {number} */ index,
  ) => {
    const authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
    const frontend = /** @type {ReturnType<typeof client>} */ (frontends[index % frontends.length]);
    return frontend.send({ ...request, headers: { ...request.headers, authorization } });
  };
  for (const user of users) await send(user, { method: 'MKCALENDAR', path: `/calendars/${user}/bench/` }, 0);
  let made = 0;
  const put = (/** @type {string} */ user, /** @type {number} */ index) => {
    made += 1;
    const headers = { 'content-type': 'text/calendar' };
    return send(
      user,
      { method: 'PUT', path: `/calendars/${user}/bench/e${made}.ics`, body: event(made), headers },
      index,
    );
  };
  await load(16, (index) => put(users[index % homes] ?? '', index));
  row('PUT new', 'partitions', 'clients', 'services', 'bare loop', 'share', 'p50', 'bare p50');
  row('---', '---', '---', '---', '---', '---', '---', '---');
  for (const partitions of [1, 2, 4]) {
    const writers = usersOf(partitions);
    for (const clients of [1, 8, 64]) {
      const writerOf = (/** @type {number} */ index) => writers[index % writers.length] ?? '';
      const floor = await load(clients, (index) => sides.bare.write(`bench/${writerOf(index)}`, index));
      const ours = await load(clients, (index) => put(writerOf(index), index));
      row(
        '',
        partitions,
        clients,
        `${ours.perSecond.toFixed(0)}/s`,
        `${floor.perSecond.toFixed(0)}/s`,
        share(ours.perSecond, floor.perSecond),
        `${ours.median.toFixed(1)} ms`,
        `${floor.median.toFixed(1)} ms`,
      );
    }
  }
  await measureReads(sides, send);
  return send;
}

/** The processes whose CPU time is told, by what they are. */
const processesOf = (/** @type {Awaited<ReturnType<typeof startCluster>>} */ { replicas, broker, database }) => ({
  ...Object.fromEntries(replicas.map(({ service, pid }) => [service, pid])),
  Kafka: broker?.pid ?? 0,
  database: database?.pid ?? 0,
});

/**
 * Milliseconds of CPU that an operation costs each process: what a busy machine leaves as it is.
 * @param {(user: string, request: import('./load.mjs').Request, index: number) => Promise<string>} send
 * @param {Record<string, number>} processes
 */
async function measureCpu(send, processes) {
  const names = Object.keys(processes);
  const times = () => names.map((name) => cpuOf(processes[name] ?? 0));
  const poll = `<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><cs:getctag/><d:sync-token/></d:prop></d:propfind>`;
  const sync = (/** @type {string} */ token) =>
    `<d:sync-collection xmlns:d="DAV:"><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`;
  const userOf = (/** @type {number} */ index) => users[index % homes] ?? '';
  const path = (/** @type {number} */ index) => `/calendars/${userOf(index)}/bench/`;
  const headers = { 'content-type': 'text/calendar' };
  /** @type {readonly [string, number, (index: number) => Promise<unknown>][]} */
  const plans = [
    [
      'PUT',
      64,
      (index) =>
        send(
          userOf(index),
          { method: 'PUT', path: `${path(index)}c${index}.ics`, body: event(1_000_000 + index), headers },
          index,
        ),
    ],
    [
      'GET',
      8,
      (index) => send('user0', { method: 'GET', path: `/calendars/user0/reads/e${index % listed}.ics` }, index),
    ],
    [
      'poll (ctag and token)',
      16,
      (index) =>
        send(userOf(index), { method: 'PROPFIND', path: path(index), body: poll, headers: { depth: '0' } }, index),
    ],
    [
      'sync from the beginning',
      4,
      (index) => send('user0', { method: 'REPORT', path: '/calendars/user0/reads/', body: sync('') }, index),
    ],
  ];
  row('\nmilliseconds of CPU', ...names);
  row('---', ...names.map(() => '---'));
  for (const [name, clients, operation] of plans) {
    const before = times();
    const { count } = await load(clients, operation);
    row(name, ...times().map((after, index) => ((after - (before[index] ?? 0)) / count).toFixed(2)));
  }
}

const listed = 1000;

/** @param {(user: string, request: import('./load.mjs').Request, index: number) => Promise<string>} send */
async function measureReads(/** @type {Sides} */ { bare }, send) {
  const user = 'user0';
  const path = `/calendars/${user}/reads/`;
  await send(user, { method: 'MKCALENDAR', path }, 0);
  for (let start = 0; start < listed; start += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const headers = { 'content-type': 'text/calendar' };
        return send(
          user,
          { method: 'PUT', path: `${path}e${start + index}.ics`, body: event(start + index), headers },
          index,
        );
      }),
    );
  }
  await Promise.all(Array.from({ length: listed }, (_, index) => bare.write('bench/reads', index)));
  const names = (await bare.list('bench/reads/bench')).map(({ name }) => String(name));
  const etags = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
  row('\nread', 'clients', 'services', 'bare driver', 'share');
  row('---', '---', '---', '---', '---');
  for (const clients of [1, 8]) {
    const floor = await load(clients, (index) => bare.read('bench/reads/bench', names[index % listed] ?? ''), 3);
    const ours = await load(
      clients,
      (index) => send(user, { method: 'GET', path: `${path}e${(index * 7) % listed}.ics` }, index),
      3,
    );
    row(
      'GET',
      clients,
      `${ours.perSecond.toFixed(0)}/s`,
      `${floor.perSecond.toFixed(0)}/s`,
      share(ours.perSecond, floor.perSecond),
    );
  }
  for (const clients of [1, 8]) {
    const floor = await load(clients, () => bare.list('bench/reads/bench'), 3);
    const ours = await load(
      clients,
      (index) => send(user, { method: 'PROPFIND', path, body: etags, headers: { depth: '1' } }, index),
      3,
    );
    row(
      `etags of ${listed}`,
      clients,
      `${ours.perSecond.toFixed(0)}/s`,
      `${floor.perSecond.toFixed(0)}/s`,
      share(ours.perSecond, floor.perSecond),
    );
  }
}
