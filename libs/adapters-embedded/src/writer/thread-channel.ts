import type { MessagePort } from 'node:worker_threads';
import type { Command, CommandResult } from '@almanac/contracts';
import { CommandFailed, type CommandGateway, Unavailable } from '@almanac/ports';

/** What the writer's thread does besides commands: maintenance, by name. */
export type WriterCalls = Readonly<Record<string, (argument: never) => Promise<unknown>>>;

type Request =
  | { readonly id: number; readonly command: Command }
  | { readonly id: number; readonly call: string; readonly argument: unknown };

type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: Described };

interface Described {
  readonly name: string;
  readonly message: string;
  /** Of a command that failed: the name of what its owner met with. */
  readonly met?: string;
}

/** The writer's end: answers what comes in over the port, as it gets done. */
export function serveWriter(port: MessagePort, gateway: CommandGateway, calls: WriterCalls): void {
  const perform = async (request: Request): Promise<unknown> => {
    if ('command' in request) return gateway.execute(request.command);
    const call = calls[request.call];
    if (call === undefined) throw new Error(`the writer has no call ${request.call}`);
    return call(request.argument as never);
  };
  port.on('message', (request: Request) => {
    perform(request).then(
      (value) => port.postMessage({ id: request.id, value } satisfies Answer),
      (error: unknown) => port.postMessage({ id: request.id, error: described(error) } satisfies Answer),
    );
  });
}

function described(error: unknown): Described {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return error instanceof CommandFailed ? { name, message, met: error.met } : { name, message };
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A worker, or a port to one. */
interface WriterPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (answer: Answer) => void): unknown;
}

/** The other end: commands go to the writer's thread, and outcomes come back. */
export class ThreadCommandGateway implements CommandGateway {
  readonly #port: WriterPort;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #closed: string | null = null;

  constructor(port: WriterPort) {
    this.#port = port;
    port.on('message', (answer: Answer) => this.#settle(answer));
  }

  execute(command: Command): Promise<CommandResult> {
    return this.#ask((id) => ({ id, command })) as Promise<CommandResult>;
  }

  /** Maintenance in the writer's thread. */
  call<Result>(name: string, argument: unknown = null): Promise<Result> {
    return this.#ask((id) => ({ id, call: name, argument })) as Promise<Result>;
  }

  /** The thread has ended: what waits cannot be known any more. */
  close(reason: string): void {
    this.#closed = reason;
    for (const pending of this.#pending.values()) pending.reject(new Unavailable(reason));
    this.#pending.clear();
  }

  #ask(request: (id: number) => Request): Promise<unknown> {
    if (this.#closed !== null) return Promise.reject(new Unavailable(this.#closed));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#port.postMessage(request(id));
    });
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('value' in answer) pending?.resolve(answer.value);
    else pending?.reject(errorFrom(answer.error));
  }
}

function errorFrom({ name, message, met }: Described): Error {
  if (met !== undefined) return new CommandFailed({ name: met, message });
  return name === 'Unavailable' ? new Unavailable(message) : Object.assign(new Error(message), { name });
}
