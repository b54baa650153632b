import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, inject } from 'vitest';
import { joinStack } from './stack/join-stack.js';

const main = resolve(import.meta.dirname, '../../services/all-in-one/dist/main.js');

/** What most suites need: one tenant on loopback with two users, a group and a room. */
export const standardSeed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1, dav.example.org]
    domains: [example.org]
    profile: standard
    users:
      - {id: user01, login: user01, password: user01, name: User 01, addresses: [user01@example.org, u1@example.org]}
      - {id: user02, login: user02, password: user02, name: User 02, addresses: [user02@example.org]}
    groups:
      - {id: team, name: Team, members: [user01]}
    resources:
      - {id: room1, name: Room 1, kind: room, addresses: [room1@example.org]}
`;

export interface RunningService {
  readonly url: string;
  /** Environment of the service, for commands that run beside it. */
  readonly env: Readonly<Record<string, string>>;
  /** The data folder. */
  readonly folder: string;
  /** Id of its first tenant. */
  readonly tenant: string;
  /** Another host name of that tenant. */
  readonly otherHost: string;
  /** Of its process, where it has one of its own. */
  readonly pid?: number;
  isRunning(): boolean;
  /** Everything it has printed. */
  output(): string;
  /** Ends it with a signal and waits; resolves to the exit code, null when a signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same data. */
  restart(): Promise<RunningService>;
}

export interface ServiceOptions {
  /** YAML; null for none. */
  readonly seed?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  /** A data folder to go on with. */
  readonly folder?: string;
}

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of started.splice(0).reverse()) await end();
});

/**
 * Starts the built service as a user would, on a free port; it ends with the suite. In the project `stack` the suite gets a
 * tenant of the running stack in its place.
 */
export function startService(options: ServiceOptions = {}): Promise<RunningService> {
  const stack = inject('stack');
  return stack === undefined ? startEmbedded(options) : joinStack(stack, options);
}

/** One process, whatever the project. */
export async function startEmbedded(options: ServiceOptions = {}): Promise<RunningService> {
  const folder = options.folder ?? temporaryFolder();
  const env = environment(folder, options);
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  const ready = new Promise<string>((fulfil, reject) => {
    const take = (piece: Buffer) => {
      output += piece.toString();
      const url = /^almanac ready on (\S+)$/m.exec(output)?.[1];
      if (url !== undefined) fulfil(url);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    void exited.then((code) => reject(new Error(`the service ended with ${code}:\n${output}`)));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (isRunning()) child.kill(signal);
    return exited;
  };
  started.push(() => end('SIGKILL'));
  const url = await ready;
  const restart = () => startEmbedded({ ...options, folder });
  const first = { tenant: 'example', otherHost: 'dav.example.org' };
  const pid = child.pid === undefined ? {} : { pid: child.pid };
  return { url, ...first, ...pid, env, folder, isRunning, output: () => output, end, restart };
}

/** Runs the service to its end, for starts that are refused. */
export async function runService(options: ServiceOptions = {}): Promise<{ code: number | null; output: string }> {
  const folder = options.folder ?? temporaryFolder();
  const child = spawn(process.execPath, [main], {
    env: environment(folder, options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(async () => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-test-'));
  started.push(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function environment(folder: string, { seed = standardSeed, env = {} }: ServiceOptions): Record<string, string> {
  const own: Record<string, string> = {
    ALMANAC_DATA: join(folder, 'data'),
    ALMANAC_PORT: '0',
    ALMANAC_LOG_LEVEL: 'warn',
  };
  if (seed !== null) {
    const file = join(folder, 'seed.yaml');
    writeFileSync(file, seed);
    own['ALMANAC_SEED'] = file;
  }
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...own, ...env };
}
