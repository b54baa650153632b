import { log } from '@almanac/observability';
import { type AttachmentScanner, InfectedContent, Unavailable } from '@almanac/ports';
import { ClamavSession } from './clamav-session.js';

export interface ClamavOptions {
  readonly host: string;
  readonly port: number;
  /** What cannot be scanned is taken all the same, and logged. */
  readonly acceptUnscanned: boolean;
}

/** Scans contents with clamd while they go to the store: it sees each piece before the store does. */
export class ClamavScanner implements AttachmentScanner {
  readonly #options: ClamavOptions;

  constructor(options: ClamavOptions) {
    this.#options = options;
  }

  async *scanned(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const session = await this.#open();
    try {
      for await (const piece of content) {
        await session?.send(piece);
        yield piece;
      }
      if (session !== null) this.#judge(await session.end());
    } finally {
      session?.abort();
    }
  }

  async #open(): Promise<ClamavSession | null> {
    const { host, port } = this.#options;
    try {
      return await ClamavSession.open(host, port);
    } catch (error) {
      return this.#unscanned(error instanceof Error ? error.message : String(error));
    }
  }

  #judge(answer: string): void {
    if (/^stream: OK$/.test(answer)) return;
    const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
    if (signature !== undefined) throw new InfectedContent(signature);
    this.#unscanned(answer || 'the scanner ended the connection');
  }

  #unscanned(reason: string): null {
    log('warn', 'an attachment could not be scanned', { reason, taken: this.#options.acceptUnscanned });
    if (this.#options.acceptUnscanned) return null;
    throw new Unavailable('The virus scanner cannot be asked now; send the attachment again later.');
  }
}
