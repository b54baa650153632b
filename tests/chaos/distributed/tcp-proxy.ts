import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Which way bytes go: to the server, or back to the client. */
export type Way = 'up' | 'down';

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** Ways in which nothing passes now. */
  readonly held: Set<Way>;
  /** Milliseconds that each piece waits. */
  lag: number;
}

/** A network between the services and a server, which can be cut, slow, or silent in one way or both. */
export class TcpProxy {
  readonly #target: number;
  readonly #listener: Server;
  readonly #links = new Set<Link>();
  /** What counts for connections that come while a fault that concerns all of them lasts. */
  #lag = 0;
  readonly #held = new Set<Way>();

  private constructor(target: number) {
    this.#target = target;
    this.#listener = createServer((client) => this.#link(client));
  }

  /** @param target the server's port on loopback; nobody needs to listen there yet */
  static async start(target: number, port = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#listener.listen(port, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Ends connections: all of them, or those that are chosen. */
  cut(chosen: () => boolean = () => true): void {
    for (const link of [...this.#links].filter(chosen)) destroy(link);
  }

  /** Nothing passes in these ways until the function that is returned is called; what was sent meanwhile passes then. */
  partition(ways: readonly Way[], chosen?: () => boolean): () => void {
    const links = this.#chosen(chosen);
    if (chosen === undefined) for (const way of ways) this.#held.add(way);
    for (const { held } of links) for (const way of ways) held.add(way);
    return () => {
      for (const way of ways) this.#held.delete(way);
      for (const link of [...links, ...this.#links]) this.#release(link);
    };
  }

  /** Each piece waits so long, until the function that is returned is called. */
  slow(lag: number, chosen?: () => boolean): () => void {
    const links = this.#chosen(chosen);
    if (chosen === undefined) this.#lag = lag;
    for (const link of links) link.lag = lag;
    return () => {
      this.#lag = 0;
      for (const link of [...links, ...this.#links]) link.lag = 0;
    };
  }

  async close(): Promise<void> {
    this.cut();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #chosen(chosen: () => boolean = () => true): readonly Link[] {
    return [...this.#links].filter(chosen);
  }

  #release({ held, client, server }: Link): void {
    held.clear();
    client.emit('released');
    server.emit('released');
  }

  #link(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    const link: Link = { client, server, held: new Set(this.#held), lag: this.#lag };
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => destroy(link));
      socket.on('close', () => {
        this.#links.delete(link);
        destroy(link);
      });
    }
    void pass(link, 'up');
    void pass(link, 'down');
  }
}

function destroy({ client, server }: Link): void {
  client.destroy();
  server.destroy();
}

/** One way of a connection, piece by piece in their order. */
async function pass(link: Link, way: Way): Promise<void> {
  const [from, to] = way === 'up' ? [link.client, link.server] : [link.server, link.client];
  try {
    for await (const piece of from) {
      if (link.lag > 0) await delay(link.lag);
      while (link.held.has(way) && !from.destroyed) await Promise.race([once(from, 'released'), once(from, 'close')]);
      if (to.destroyed) break;
      if (!to.write(piece as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    to.end();
  } catch {
    destroy(link);
  }
}
