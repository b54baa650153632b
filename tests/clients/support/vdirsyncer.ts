import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/running-service.js';

export interface VdirsyncerOptions {
  /** The program. */
  readonly program: string;
  /** The server's address as a user types it. */
  readonly url: string;
  /** As in its configuration: `["from b"]`, `["work"]`. */
  readonly collections: readonly string[];
  readonly conflictResolution?: string;
  /** Further lines of the remote storage. */
  readonly remote?: readonly string[];
}

/** vdirsyncer with one pair: a, a vdir in a temporary folder, and b, the server. */
export class Vdirsyncer {
  readonly #folder = temporaryFolder();
  readonly #program: string;

  constructor(options: VdirsyncerOptions) {
    this.#program = options.program;
    mkdirSync(join(this.#folder, 'vdir'));
    writeFileSync(join(this.#folder, 'config'), configuration(this.#folder, options));
  }

  /** Runs one command; to each question, such as whether to create a collection, it is told yes. */
  async run(...command: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const args = ['--config', join(this.#folder, 'config'), '--verbosity', 'DEBUG', ...command];
    const child = spawn(this.#program, args, { env: { ...process.env, HOME: this.#folder } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
    child.stdin.on('error', () => {}).end('y\n'.repeat(20));
    const [code] = (await once(child, 'close')) as [number];
    return { code, output };
  }

  /** @throws with everything it printed when it does not succeed */
  async succeed(...command: readonly string[]): Promise<string> {
    const { code, output } = await this.run(...command);
    if (code !== 0) throw new Error(`vdirsyncer ${command.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  collections(): string[] {
    return readdirSync(join(this.#folder, 'vdir')).sort();
  }

  /** Names of the local objects, without those of metadata. */
  files(collection: string): string[] {
    return readdirSync(this.#path(collection, '.'))
      .filter((name) => name.endsWith('.ics'))
      .sort();
  }

  read(collection: string, name: string): string {
    return readFileSync(this.#path(collection, name), 'utf8');
  }

  write(collection: string, name: string, content: string): void {
    writeFileSync(this.#path(collection, name), content);
  }

  remove(collection: string, name: string): void {
    rmSync(this.#path(collection, name));
  }

  /** Name and time of change of each local object. */
  stamps(collection: string): string[] {
    return this.files(collection).map((name) => `${name} ${statSync(this.#path(collection, name)).mtimeMs}`);
  }

  #path(collection: string, name: string): string {
    return join(this.#folder, 'vdir', collection, name);
  }
}

const configuration = (
  folder: string,
  { url, collections, conflictResolution, remote = [] }: VdirsyncerOptions,
): string =>
  `
[general]
status_path = "${folder}/status/"

[pair almanac]
a = "local"
b = "remote"
collections = ${JSON.stringify(collections)}
metadata = ["displayname", "color"]
${conflictResolution === undefined ? '' : `conflict_resolution = "${conflictResolution}"`}

[storage local]
type = "filesystem"
path = "${folder}/vdir/"
fileext = ".ics"

[storage remote]
type = "caldav"
url = "${url}"
username = "user01"
password = "user01"
${remote.join('\n')}
`;
