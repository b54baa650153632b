import { existsSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { AdminAnswer, AdminRequest } from '../admin/admin-socket.js';
import { ConfigurationFault } from '@almanac/service-host';
import { operations } from '../admin/operations.js';
import { socketPath, storePath } from '../store/data-folder.js';
import { openStore } from '../store/embedded-store.js';

/** Takes operations to whoever has the store: a running service, this process, or the services of the distributed mode. */
export interface Connection {
  perform<Result>(operation: string, argument: unknown): Promise<Result>;
  close(): Promise<void>;
}

/** An operation was refused by a running service. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}

/**
 * @throws StoreInUse when a service has the store but does not answer on its socket; Error in words when there is no
 *   store, so that a look at a wrong folder makes none there
 */
export async function connect(folder: string): Promise<Connection> {
  if (!isDistributed()) demandStore(folder);
  return connectOrMake(folder);
}

/** Makes the store where there is none. */
export async function connectOrMake(folder: string): Promise<Connection> {
  if (isDistributed()) return connectToBackbone();
  const socket = existsSync(folder) ? await openSocket(socketPath(folder)) : null;
  if (socket !== null) return throughSocket(socket);
  const store = await openStore(folder, (error) => {
    throw error;
  });
  return {
    perform: <Result>(name: string, argument: unknown) => operations.perform(store, name, argument) as Promise<Result>,
    close: async () => {
      await store.settled();
      await store.close();
    },
  };
}

/** Whether the settings name the servers of the distributed mode. @throws ConfigurationFault when they name one of the two */
export function isDistributed(): boolean {
  const named = ['ALMANAC_KAFKA', 'ALMANAC_MONGO_URL'].filter((name) => process.env[name]?.trim());
  if (named.length === 1) {
    throw new ConfigurationFault(`Only ${named[0]} is set; set ALMANAC_KAFKA and ALMANAC_MONGO_URL, or neither.`);
  }
  return named.length === 2;
}

/** Talks to broker and database itself, as a frontend does; what it asks for is done by the services. */
async function connectToBackbone(): Promise<Connection> {
  // Only here, so that the embedded mode starts without these libraries.
  const { openDistributedStore } = await import('../store/distributed-store.js');
  const store = await openDistributedStore(process.env);
  return {
    perform: <Result>(name: string, argument: unknown) => operations.perform(store, name, argument) as Promise<Result>,
    close: () => store.close(),
  };
}

/** @throws Error in words when there is no store to look at */
export function demandStore(folder: string): void {
  if (existsSync(storePath(folder))) return;
  throw new Error(`There is no Almanac data in ${folder}; set ALMANAC_DATA to the service's data folder.`);
}

function openSocket(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

function throughSocket(socket: Socket): Connection {
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return {
    async perform<Result>(operation: string, argument: unknown): Promise<Result> {
      socket.write(`${JSON.stringify({ operation, argument } satisfies AdminRequest)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('The service ended before it answered.');
      const answer = JSON.parse(line.value) as AdminAnswer;
      if ('error' in answer) throw new OperationRefused(answer.error.message);
      return answer.value as Result;
    },
    close: async () => {
      socket.destroy();
    },
  };
}
