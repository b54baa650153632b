import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ServiceStore } from '../store/service-store.js';
import { socketPath } from '../store/data-folder.js';
import { operations } from './operations.js';

export interface AdminRequest {
  readonly operation: string;
  readonly argument: unknown;
}
export type AdminAnswer =
  | { readonly value: unknown }
  | { readonly error: { readonly name: string; readonly message: string } };

export interface AdminSocket {
  close(): Promise<void>;
}

/** Takes the CLI's operations over a socket in the data folder, a JSON object a line; the folder's owner alone may. */
export async function listenOnSocket(folder: string, store: ServiceStore): Promise<AdminSocket> {
  const path = socketPath(folder);
  rmSync(path, { force: true });
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => connection.destroy());
    void serve(connection, store);
  });
  await listen(server, path);
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      }),
  };
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

async function serve(connection: Socket, store: ServiceStore): Promise<void> {
  for await (const line of createInterface({ input: connection })) {
    connection.write(`${JSON.stringify(await answer(line, store))}\n`);
  }
}

async function answer(line: string, store: ServiceStore): Promise<AdminAnswer> {
  try {
    const { operation, argument } = JSON.parse(line) as AdminRequest;
    return { value: (await operations.perform(store, operation, argument)) ?? null };
  } catch (error) {
    return {
      error: {
        name: error instanceof Error ? error.name : 'Error',
        message: String((error as Error).message ?? error),
      },
    };
  }
}
