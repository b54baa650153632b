import { setImmediate } from 'node:timers/promises';
import type { Command, CommandResult, ServiceName } from '@almanac/contracts';
import { log, serverSpan } from '@almanac/observability';
import { type BatchHandler, CommandFailed, type CommandGateway, Unavailable } from '@almanac/ports';
import { type Database, inTransaction } from '../database.js';
import { isStoreUnavailable } from '../sqlite-error.js';

/** The services' handlers, each by its service's name. */
export type BatchHandlers = Readonly<Record<ServiceName, BatchHandler>>;

interface Waiting {
  readonly command: Command;
  resolve(result: CommandResult): void;
  reject(error: unknown): void;
}

/** More commands than these are not put into one transaction. */
const maxBatch = 256;
/** More than these are not kept waiting; the client is asked to come again. */
const maxWaiting = 20_000;

/**
 * The one writer of the embedded store: what came in while the last transaction was written to disk makes up
 * the next one (group commit). A command is answered after its transaction is on disk.
 */
export class Writer implements CommandGateway {
  readonly #database: Database;
  readonly #handlers: () => BatchHandlers;
  #waiting: Waiting[] = [];
  #tasks: (() => Promise<void>)[] = [];
  #running: Promise<void> | null = null;
  readonly #committed: (() => void)[] = [];
  /** A transaction failed because of the store as a whole, and it has not been found ready since. */
  #storeFailed = false;

  /** @param handlers asked for at each batch: the services are put together after their writer. */
  constructor(database: Database, handlers: () => BatchHandlers) {
    this.#database = database;
    this.#handlers = handlers;
  }

  execute(command: Command): Promise<CommandResult> {
    if (this.#waiting.length >= maxWaiting) {
      return Promise.reject(new Unavailable('too many writes are waiting; repeat the request in a few seconds'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      this.#start();
    });
  }

  /** Runs work that needs the store for itself, between two batches, in a transaction of its own. */
  exclusively<Result>(work: (store: Database) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#tasks.push(() => this.#transact(() => work(this.#database)).then(resolve, reject));
      this.#start();
    });
  }

  /**
   * Fulfilled when the store takes writes. An empty transaction tells of foreign locks; after a failure, which may have
   * been a full disk, a number is written over itself.
   * @throws Unavailable
   */
  async ready(): Promise<void> {
    await this.exclusively(async (store) => {
      if (!this.#storeFailed) return;
      store.execute(`PRAGMA user_version = ${String(store.get('PRAGMA user_version')?.[0])}`);
    });
    this.#storeFailed = false;
  }

  /** @param listener is called after each transaction. */
  onCommit(listener: () => void): void {
    this.#committed.push(listener);
  }

  /** Fulfilled when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#waiting.length + this.#tasks.length > 0) this.#start();
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length + this.#tasks.length > 0) {
      for (const task of this.#tasks.splice(0)) await task();
      const batch = this.#waiting.splice(0, maxBatch);
      if (batch.length > 0) await this.#write(batch);
      for (const listener of this.#committed) listener();
      await setImmediate();
    }
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#transact(() => this.#handle(batch));
      for (const [waiting, result] of results) waiting.resolve(result);
    } catch (error) {
      if (error instanceof Unavailable) for (const waiting of batch) waiting.reject(error);
      else await this.#afterFailure(batch, error);
    }
  }

  /** @throws Unavailable when the store as a whole cannot be written */
  async #transact<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await inTransaction(this.#database, work);
    } catch (error) {
      if (!isStoreUnavailable(error)) throw error;
      this.#storeFailed = true;
      log('error', 'the store cannot be written', { error });
      throw new Unavailable('The store cannot be written now; repeat the request later.');
    }
  }

  /** One command that cannot be handled does not take its neighbours with it. */
  async #afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    const [first] = batch;
    if (first === undefined || batch.length > 1) {
      for (const waiting of batch) await this.#write([waiting]);
      return;
    }
    const { commandId, stream, body } = first.command;
    log('error', 'a command failed', { commandId, stream, type: body.type, error });
    first.reject(new CommandFailed(error instanceof Error ? error : new Error(String(error))));
  }

  async #handle(batch: readonly Waiting[]): Promise<Map<Waiting, CommandResult>> {
    const results = new Map<Waiting, CommandResult>();
    for (const [service, waiting] of Map.groupBy(batch, ({ command }) => command.service)) {
      const commands = waiting.map(({ command }) => command);
      const carrier = { traceparent: commands[0]?.traceparent, attributes: { service, commands: commands.length } };
      const said = await serverSpan('handle-commands', carrier, () => this.#handlers()[service](commands));
      for (const [index, result] of said.entries()) results.set(waiting[index] as Waiting, result);
    }
    return results;
  }
}
