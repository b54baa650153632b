import { createHash } from 'node:crypto';
import { BlobTooLarge } from './blob-store.js';

/** A content on its way into a store: counted, limited and digested as it passes. */
export class MeasuredContent implements AsyncIterable<Uint8Array> {
  readonly #content: AsyncIterable<Uint8Array>;
  readonly #limit: number;
  readonly #hash = createHash('sha256');
  #size = 0;
  #failure: unknown = null;

  constructor(content: AsyncIterable<Uint8Array>, limit: number = Number.POSITIVE_INFINITY) {
    this.#content = content;
    this.#limit = limit;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.#content) {
        this.#size += piece.byteLength;
        if (this.#size > this.#limit) throw new BlobTooLarge(this.#limit);
        this.#hash.update(piece);
        yield piece;
      }
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** Of what has passed. */
  get size(): number {
    return this.#size;
  }

  /** What the source threw, or that it was too large: not the store's error, however alike they look. Null for neither. */
  get failure(): unknown {
    return this.#failure;
  }

  /** To be asked once, after the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
