import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { mustHaveAll } from '../../../scripts/provision.mjs';
import { tools } from '../../../scripts/provision/tools.mjs';
import { startCluster } from '../../../scripts/stack/cluster.mjs';
import { startCollector } from './collector.js';
import { seededTenants, tenantSeed } from './tenants.js';

/** The services of the distributed mode, one stack for the whole run; each suite has a tenant of its own in it. */
export interface Stack {
  readonly port: number;
  readonly ports: Readonly<Record<string, readonly number[]>>;
  /** Settings of the services, for the CLI. */
  readonly env: Readonly<Record<string, string>>;
  /** Suites note here which tenants are taken. */
  readonly claims: string;
  /** Where the services send spans; its `/spans` tells what it has. */
  readonly collector: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly stack: Stack | undefined;
  }
}

/** What the stack's signed links are made with. */
export const linkKey = 'a key for the stack of the tests';

const cli = resolve(import.meta.dirname, '../../../services/all-in-one/dist/cli.js');

/** @throws where nothing may be missing (`CI=true`, `ALMANAC_TESTS=all`) */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { java, kafka, secantusdb, missing } = tools();
  if (java === null || kafka === null || secantusdb === null) {
    const reason = missing.java ?? missing.kafka ?? missing.secantusdb ?? 'not provisioned';
    if (mustHaveAll()) throw new Error(`there is no stack: ${reason}`);
    process.stderr.write(`the suites run against one process in place of a stack: ${reason}\n`);
    return async () => {};
  }
  const folder = mkdtempSync(join(tmpdir(), 'almanac-stack-'));
  const collector = await startCollector();
  // Nothing is traced but what asks for it by its traceparent.
  const tracing = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER_ARG: '0',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  const env = { ALMANAC_LOG_LEVEL: 'warn', ALMANAC_ATTACHMENT_GRACE: '20', ALMANAC_LINK_KEY: linkKey, ...tracing };
  const { ALMANAC_TEST_LOG: logFile } = process.env;
  const print = logFile === undefined ? undefined : (text: string) => appendFileSync(logFile, text);
  const options = { folder, tools: { java, kafka, secantusdb }, host: '0.0.0.0', env };
  const cluster = await startCluster(print === undefined ? options : { ...options, print });
  const seed = join(folder, 'seed.yaml');
  const numbers = Array.from({ length: seededTenants }, (_, index) => index + 1);
  writeFileSync(seed, `tenants:\n${numbers.map((number) => tenantSeed(number)).join('')}`);
  const { status, stderr } = spawnSync(process.execPath, [cli, 'seed', seed], { env: cluster.env, encoding: 'utf8' });
  if (status !== 0) {
    await cluster.stop();
    collector.close();
    throw new Error(`the stack was not seeded: ${stderr}`);
  }
  const ports = Object.groupBy(cluster.replicas, ({ service }) => service);
  project.provide('stack', {
    port: Number(new URL(cluster.url).port),
    ports: Object.fromEntries(Object.entries(ports).map(([name, own]) => [name, own.map(({ port }) => port)])),
    env: Object.fromEntries(Object.entries(cluster.env).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    claims: folder,
    collector: collector.url,
  });
  return async () => {
    await cluster.stop();
    collector.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
