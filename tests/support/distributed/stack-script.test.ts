import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePorts } from '../../../scripts/servers/free-ports.mjs';
import { davClient, defaultFolders } from '../dav-client.js';
import { standardSeed, temporaryFolder } from '../running-service.js';

const { kafka, mongo, missing } = inject('servers');
const script = resolve(import.meta.dirname, '../../../scripts/stack.mjs');

/** `npm run stack` with the broker and the database of the tests, and names of its own there. */
function runStack(words: readonly string[], settings: Readonly<Record<string, string>>) {
  const id = randomUUID();
  const own = { ALMANAC_KAFKA_PREFIX: `${id}.`, ALMANAC_MONGO_DATABASE: `test-${id}`, ALMANAC_KAFKA_PARTITIONS: '1' };
  const child = spawn(process.execPath, [script, ...words], { env: { ...process.env, ...own, ...settings } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  return { child, output: () => output, exited: once(child, 'exit').then(([code]) => code as number | null) };
}

describe.skipIf(missing !== '')(`npm run stack${missing}`, () => {
  it('O2: runs the services on servers that are there, with a seed, and ends all of it with SIGTERM', async () => {
    const [port = 0] = await freePorts(1);
    const seed = join(temporaryFolder(), 'seed.yaml');
    writeFileSync(seed, standardSeed);
    const stack = runStack(['--kafka', kafka, '--mongo-url', mongo, '--replicas', '1'], {
      ALMANAC_PORT: String(port),
      ALMANAC_SEED: seed,
    });
    const url = `http://127.0.0.1:${port}`;
    await expect.poll(stack.output, { timeout: 120_000, interval: 200 }).toContain(`almanac ready on ${url}\n`);
    const { calendar, tasks } = await defaultFolders(davClient(url));
    expect([calendar, tasks]).toEqual([expect.stringContaining('/calendars/user01/'), expect.any(String)]);
    stack.child.kill('SIGTERM');
    expect(await stack.exited).toBe(0);
    await expect(fetch(url)).rejects.toThrow(/fetch failed/);
  }, 180_000);

  it.each([
    [['--replicas', '0'], 2, /--replicas must be a number from 1/],
    [['--copies', '2'], 2, /Usage: npm run stack/],
  ])('%j is refused in words before anything is started', async (words, code, said) => {
    const stack = runStack(words, {});
    expect(await stack.exited).toBe(code);
    expect(stack.output()).toMatch(said);
  });

  it('a port in use is said in a line, before anything is started', async () => {
    const [host = '', port = ''] = kafka.split(':');
    const stack = runStack([], { ALMANAC_HOST: host, ALMANAC_PORT: port });
    expect(await stack.exited).toBe(1);
    expect(stack.output().trim()).toMatch(/^almanac: port \d+ cannot be had \(EADDRINUSE\); set ALMANAC_PORT\.$/);
  });
});
