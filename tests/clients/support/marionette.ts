import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The remote control of Mozilla's programs: JSON with its length in front, `[0, id, command, parameters]` and `[1, id, error, result]`. */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { fulfil(result: unknown): void; reject(error: Error): void }>();
  #received = Buffer.alloc(0);
  #sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('close', () => this.#abandon(new Error('the program has closed the connection')));
    socket.on('error', (error) => this.#abandon(error));
  }

  /** A session in the chrome context, where scripts have all rights. */
  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    await marionette.#send('WebDriver:NewSession', {});
    await marionette.#send('Marionette:SetContext', { value: 'chrome' });
    return marionette;
  }

  /** Runs the body of a function; what it returns, or what the promise that it returns gives, comes back as JSON. */
  async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return ((await this.#send('WebDriver:ExecuteScript', { script, args, sandbox: 'system' })) as { value: unknown })
      .value;
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(command: string, parameters: unknown): Promise<unknown> {
    this.#sent += 1;
    const id = this.#sent;
    const text = JSON.stringify([0, id, command, parameters]);
    return new Promise((fulfil, reject) => {
      this.#waiting.set(id, { fulfil, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  #take(piece: Buffer): void {
    this.#received = Buffer.concat([this.#received, piece]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const end = colon + 1 + Number(this.#received.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || this.#received.length < end) return;
      const text = this.#received.subarray(colon + 1, end).toString();
      this.#received = this.#received.subarray(end);
      this.#answer(JSON.parse(text));
    }
  }

  /** The first packet is no answer but says what the program is. */
  #answer(packet: unknown): void {
    if (!Array.isArray(packet)) return;
    const [, id, error, result] = packet as [number, number, { message: string; stacktrace: string } | null, unknown];
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.fulfil(result);
    else waiting?.reject(new Error(`${error.message}\n${error.stacktrace}`));
  }

  #abandon(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
