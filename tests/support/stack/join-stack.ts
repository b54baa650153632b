import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../run-cli.js';
import type { RunningService, ServiceOptions } from '../running-service.js';
import type { Stack } from './global-setup.js';
import { claim, hostOf, otherHostOf, seedAs, seededTenants } from './tenants.js';

/** A tenant of the stack in place of a service of its own: it is there already, and goes on after its "end". */
export async function joinStack(stack: Stack, { seed }: ServiceOptions): Promise<RunningService> {
  const standard = seed === undefined;
  const number = claim(stack.claims, standard ? 1 : seededTenants + 1);
  if (standard && number > seededTenants) throw new Error('raise seededTenants in tests/support/stack/tenants.ts');
  const folder = join(stack.claims, `t${number}`);
  mkdirSync(folder, { recursive: true });
  const { env } = stack;
  if (!standard) {
    const file = join(folder, 'seed.yaml');
    writeFileSync(file, seedAs(seed ?? '', number));
    const { code, stderr } = await runCli({ env }, ['seed', file]);
    if (code !== 0) throw new Error(stderr);
  }
  const service: RunningService = {
    url: `http://${hostOf(number)}:${stack.port}`,
    tenant: `t${number}`,
    otherHost: otherHostOf(number),
    env,
    folder,
    output: () => '',
    isRunning: () => true,
    end: async () => 0,
    restart: async () => service,
  };
  return service;
}
