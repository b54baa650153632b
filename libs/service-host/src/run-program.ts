import { log, startTracing } from '@almanac/observability';

/** What a program has started. */
export interface Running {
  /** Fulfilled when it does its work; it can be told to stop before. What rejects it ends the process. */
  readonly started?: Promise<void>;
  /** Answers what is in flight, and lets go of everything. */
  stop(): Promise<void>;
  /** Milliseconds that this may take, where what is in flight takes long. */
  readonly stopLimit?: number;
}

/** Neighbours that do not answer hold nobody up for longer, in milliseconds: Kubernetes would send SIGKILL after 30 s. */
const shortestLimit = 20_000;

/** What a process writes is for its owner alone. */
const ownerOnly = 0o077;

/**
 * The life of a service's process: it starts, runs until SIGTERM or SIGINT, and ends with 0; what keeps it from starting
 * is said in a line and ends it with 1.
 * @param name of the service, in traces
 * @param plain names of errors whose message says all that a person needs
 */
export async function runProgram(
  name: string,
  start: () => Promise<Running>,
  plain: readonly string[] = [],
): Promise<void> {
  process.umask(ownerOnly);
  const tracing = await startTracing(name, process.env);
  const exitWith = (error: unknown): never => {
    process.stderr.write(`almanac: ${explain(error, new Set(['ConfigurationFault', 'MongoParseError', ...plain]))}\n`);
    process.exit(1);
  };
  let stopAsked = false;
  let running: Running | null = null;
  const stop = (signal: string): void => {
    if (stopAsked) return;
    stopAsked = true;
    log('info', 'stopping', { signal });
    if (running === null) process.exit(0);
    const stopLimit = Math.max(running.stopLimit ?? 0, shortestLimit);
    setTimeout(() => exitWith(new Error(`not everything ended within ${stopLimit} ms`)), stopLimit).unref();
    running
      .stop()
      .then(() => tracing?.stop())
      .then(() => process.exit(0), exitWith);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // What is thrown at once counts like what is thrown later.
  running = await Promise.try(start).catch(exitWith);
  await running.started?.catch(exitWith);
}

/** What the person who starts the program can do something about is said in a line; the rest with its stack. */
function explain(error: unknown, plain: ReadonlySet<string>): string {
  if (!(error instanceof Error)) return String(error);
  // By name: some come from another thread.
  if (plain.has(error.name)) return error.message;
  const { code, address, port } = error as Error & { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} on ${address} is in use; stop what listens there, or set ALMANAC_PORT.`;
  if (code === 'EACCES')
    return `no permission for ${error.message}; choose another port (ALMANAC_PORT) or data folder.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `ALMANAC_HOST names no address: ${error.message}.`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}; set ALMANAC_HOST.`;
  return error.stack ?? error.message;
}
