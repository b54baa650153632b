import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../services/all-in-one/dist/cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was printed, parsed, where `--json` was given. */
  readonly json: unknown;
}

/** Runs a command of the CLI on the data folder of a service. */
export async function runCli(
  { env }: { readonly env: Readonly<Record<string, string>> },
  words: readonly string[],
): Promise<CliResult> {
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const json: unknown = words.includes('--json') && stdout !== '' ? JSON.parse(stdout) : undefined;
  return { code, stdout, stderr, json };
}
