import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * @typedef {object} Server a process that runs
 * @property {number} pid
 * @property {() => string} output what it has printed, the last of it
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {Promise<number | null>} exited its exit code, null when a signal ended it
 * @property {() => Promise<void>} end ends it with SIGKILL and waits for it
 */

const startLimit = 90_000;
const keptOutput = 200_000;

/**
 * The shell ends the server when its own standard input closes: so the server outlives this process in no case. Its first
 * line is the server's process id. It has a process group of its own, so that Ctrl-C is for whoever started it to handle.
 */
const guarded = `
exec 3<&0
"$@" <&- 3<&- &
server=$!
echo "pid $server"
(cat <&3 >&2; kill -9 $server 2>&-) &
guard=$!
wait $server
code=$?
kill $guard 2>&-
exit $code`;

/**
 * Starts a server and waits for what it says, or does, when it is ready.
 * @param {readonly string[]} command
 * @param {(output: string) => boolean | Promise<boolean>} isReady
 * @param {{ env?: NodeJS.ProcessEnv, limit?: number, print?: (text: string) => void }} options `print` gets its standard error
 * @returns {Promise<Server>}
 */
export async function runServer(command, isReady, { env = process.env, limit = startLimit, print } = {}) {
  const child = spawn('sh', ['-c', guarded, 'sh', ...command], { stdio: 'pipe', env, detached: true });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ piece) => {
      output = (output + piece).slice(-keptOutput);
      if (stream === child.stderr) print?.(piece);
    });
  }
  const exited = once(child, 'close').then(([code]) => {
    ended = true;
    return /** @type {number | null} */ (code);
  });
  const end = async () => {
    child.stdin.end();
    await exited;
  };
  let pid = 0;
  for (const deadline = Date.now() + limit; ; ) {
    pid ||= Number(/^pid (\d+)$/m.exec(output)?.[1] ?? 0);
    if (pid > 0 && (await isReady(output))) break;
    if (!ended && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    await end();
    throw new Error(`${command.join(' ').slice(0, 200)} did not start:\n${output.slice(-4000)}`);
  }
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (!ended) process.kill(pid, name);
  };
  return { pid, output: () => output, signal, exited, end };
}
