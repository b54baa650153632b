import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mustHaveAll } from '../../scripts/provision.mjs';
import { tools } from '../../scripts/provision/tools.mjs';
import { services, startCluster } from '../../scripts/stack/cluster.mjs';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { standardSeed } from '../support/running-service.js';

const { java, kafka, secantusdb, secantusdbRs } = tools();
const missing = java === null || kafka === null || secantusdb === null;
const folder = mkdtempSync(join(tmpdir(), 'almanac-rolling-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Load {
  readonly dav: Dav;
  readonly calendar: string;
  readonly failures: string[];
  done: number;
  running: boolean;
}

/** A client that writes, reads what it wrote, and takes note of every answer that is not as it should be. */
async function client(load: Load, id: number): Promise<void> {
  for (let step = 0; load.running; step += 1) {
    const url = `${load.calendar}c${id}-${step % 5}.ics`;
    const body = event(`c${id}-${step % 5}`, [`SUMMARY:step ${step}`]);
    await expectStatus(load, [201, 204], () => load.dav('PUT', url, { body }));
    await expectStatus(load, [200], () => load.dav('GET', url));
    if (step % 5 === 4) await expectStatus(load, [204], () => load.dav('DELETE', url));
  }
}

async function expectStatus(load: Load, wanted: readonly number[], send: () => ReturnType<Dav>): Promise<void> {
  try {
    const { status, body } = await send();
    if (!wanted.includes(status)) load.failures.push(`${status} ${body}`);
    load.done += 1;
  } catch (error) {
    load.failures.push(String(error));
  }
}

it.skipIf(missing && !mustHaveAll())('O4: a rolling restart of all services under load fails no request', async () => {
  const cluster = await startCluster({ folder, tools: { java, kafka, secantusdb: secantusdbRs ?? secantusdb } });
  try {
    const seed = join(folder, 'seed.yaml');
    writeFileSync(seed, standardSeed);
    const env = cluster.env as Readonly<Record<string, string>>;
    expect(await runCli({ env }, ['seed', seed])).toMatchObject({ code: 0 });
    const dav = davClient(cluster.url);
    const load: Load = { dav, ...(await defaultFolders(dav)), failures: [], done: 0, running: true };
    const work = Promise.all(Array.from({ length: 4 }, (_, id) => client(load, id)));
    for (const service of services) {
      for (const old of cluster.replicas.filter((replica) => replica.service === service)) {
        // As maxSurge 1 and maxUnavailable 0 have it: the new one is ready before the old one is told to end.
        await cluster.startReplica(service);
        if (service === 'dav-frontend') await cluster.balancer.ready(3);
        old.signal('SIGTERM');
        expect(await old.exited).toBe(0);
      }
    }
    load.running = false;
    await work;
    expect(load.failures).toEqual([]);
    expect(load.done).toBeGreaterThan(50);
    expect(await runCli({ env }, ['verify', '--json'])).toMatchObject({ code: 0, json: { differences: [] } });
  } finally {
    await cluster.stop();
  }
});
