import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { mustHaveAll } from '../../../scripts/provision.mjs';
import { tools } from '../../../scripts/provision/tools.mjs';
import { startKafka } from '../../../scripts/servers/kafka.mjs';
import { startSecantusDb } from '../../../scripts/servers/secantusdb.mjs';

/** What the suites of the project `distributed` talk to, one of each for the whole run. */
export interface Servers {
  /** `host:port` */
  readonly kafka: string;
  readonly mongo: string;
  /** Empty, or why there are no servers: the suites are skipped and say so in their titles. */
  readonly missing: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: Servers;
  }
}

const none = { kafka: '', mongo: '' };

/** @throws where nothing may be missing (`CI=true`, `ALMANAC_TESTS=all`) */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { java, kafka, secantusdb, missing } = tools();
  if (java === null || kafka === null || secantusdb === null) {
    const reason = missing.java ?? missing.kafka ?? missing.secantusdb ?? 'not provisioned';
    if (mustHaveAll()) throw new Error(`the distributed tests have no servers: ${reason}`);
    project.provide('servers', { ...none, missing: ` (skipped: ${reason})` });
    return async () => {};
  }
  const folder = mkdtempSync(join(tmpdir(), 'almanac-servers-'));
  const started = await Promise.allSettled([
    startKafka({ java, kafka }, { folder: join(folder, 'kafka') }),
    startSecantusDb(secantusdb, { folder: join(folder, 'secantusdb') }),
  ]);
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const end = async () => {
    await Promise.all(running.map((server) => server.end()));
    rmSync(folder, { recursive: true, force: true });
  };
  for (const result of started) {
    if (result.status === 'fulfilled') continue;
    await end();
    throw result.reason;
  }
  const [broker, database] = running;
  project.provide('servers', { kafka: broker?.url ?? '', mongo: database?.url ?? '', missing: '' });
  return end;
}
