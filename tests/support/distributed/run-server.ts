import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Server {
  readonly url: string;
  /** Ends the process and waits for it. */
  end(): Promise<void>;
}

const startLimit = 90_000;

/** The shell ends the server when its standard input closes: so the server outlives this process in no case. */
const guarded = `
exec 3<&0
"$@" <&- &
server=$!
(cat <&3 >&2; kill -9 $server 2>&-) &
guard=$!
wait $server
code=$?
kill $guard 2>&-
exit $code`;

/** Starts a server and waits for what it says, or does, when it is ready. */
export async function runServer(
  [command, ...args]: readonly [string, ...string[]],
  isReady: (output: string) => boolean | Promise<boolean>,
): Promise<Pick<Server, 'end'>> {
  const child = spawn('sh', ['-c', guarded, 'sh', command, ...args], { stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  let ended: unknown;
  const exited = once(child, 'exit').then(
    ([code, signal]) => (ended = code ?? signal),
    (error: unknown) => (ended = error),
  );
  const end = async () => {
    child.stdin.end();
    await exited;
  };
  for (const deadline = Date.now() + startLimit; !(await isReady(output)); ) {
    if (ended === undefined && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    await end();
    throw new Error(`${command} did not start (${String(ended)}):\n${output.slice(-4000)}`);
  }
  return { end };
}
