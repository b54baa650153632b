/** Starts the built service for a measurement, and reads what it costs from /proc. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = new URL('../services/all-in-one/dist/main.js', import.meta.url).pathname;
const seed = `tenants:
  - id: bench
    hosts: [127.0.0.1]
    profile: standard
    users: [{id: user01, password: user01}]
`;
/** The kernel counts CPU time in hundredths of a second. */
const millisecondsPerTick = 10;

export async function startService() {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-bench-'));
  const file = join(folder, 'seed.yaml');
  writeFileSync(file, seed);
  const env = { ...process.env, ALMANAC_DATA: join(folder, 'data'), ALMANAC_PORT: '0', ALMANAC_SEED: file };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    child.stdout.on('data', (/** @type {Buffer} */ piece) => {
      const ready = /almanac ready on (\S+)/.exec(piece.toString())?.[1];
      if (ready) resolve(ready);
    });
  });
  return {
    url: /** @type {string} */ (url),
    cpu: () => cpuOf(/** @type {number} */ (child.pid)),
    memory: () => memoryOf(/** @type {number} */ (child.pid)),
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** @returns {number} milliseconds of CPU that the process has used, all threads */
export function cpuOf(/** @type {number} */ pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** @returns {number} MiB of memory that are the process's own share */
function memoryOf(/** @type {number} */ pid) {
  const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Math.round(Number(pss) / 1024);
}
