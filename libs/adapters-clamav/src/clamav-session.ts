import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/** Milliseconds that the scanner may take for a step. */
const patience = 60_000;
const connectPatience = 5_000;

/** No answer is longer. */
const maxAnswer = 4_096;

/** One INSTREAM of clamd's protocol: chunks with their lengths before them, a length of zero, and an answer. */
export class ClamavSession {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #answer = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setTimeout(patience, () => socket.destroy(new Error('the scanner does not answer')));
    socket.on('data', (piece: Buffer) => {
      if (this.#answer.length < maxAnswer) this.#answer += piece.toString('latin1');
    });
    // An answer before the end of the content, such as that it is too large, comes with an error of the connection.
    socket.on('error', () => {});
    this.#closed = once(socket, 'close').catch(() => {});
  }

  static async open(host: string, port: number): Promise<ClamavSession> {
    const socket = createConnection({ host, port });
    socket.setTimeout(connectPatience, () => socket.destroy(new Error('the scanner cannot be reached')));
    await once(socket, 'connect');
    const session = new ClamavSession(socket);
    socket.write('zINSTREAM\0');
    return session;
  }

  /** As fast as the scanner takes it. */
  async send(piece: Uint8Array): Promise<void> {
    if (piece.length === 0 || this.#socket.destroyed) return;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    this.#socket.write(length);
    if (this.#socket.write(piece)) return;
    await Promise.race([once(this.#socket, 'drain').catch(() => {}), this.#closed]);
  }

  /** What it says of all that was sent. */
  async end(): Promise<string> {
    if (!this.#socket.destroyed) this.#socket.end(Buffer.alloc(4));
    await this.#closed;
    return this.#answer.replaceAll('\0', '').trim();
  }

  abort(): void {
    this.#socket.destroy();
  }
}
