import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Octets that look random and are the same each time, so that a piece in the wrong place is seen. */
export function octets(size: number, seed = 1): Uint8Array {
  const content = new Uint8Array(size);
  let state = seed;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content[index] = state >>> 24;
  }
  return content;
}

export const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** In pieces of changing, odd sizes, some of them empty, as a network hands them over. */
export async function* pieces(content: Uint8Array, about = 65_521): AsyncGenerator<Uint8Array> {
  for (let start = 0, count = 0; start < content.length; count += 1) {
    const size = count % 5 === 4 ? 0 : 1 + ((count * 7919) % (2 * about));
    yield content.subarray(start, start + size);
    start += size;
  }
}

/** Ends with this error after the content. */
export async function* failing(content: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield* pieces(content);
  throw error;
}

export async function wholeOf(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  for await (const piece of content) found.push(piece);
  return Buffer.concat(found);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What this process holds: the heap, and buffers outside of it. */
const held = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Follows how much more is held while pieces pass. */
export class MemoryWatch {
  readonly #before: number;
  #most = 0;

  constructor() {
    collectGarbage();
    this.#before = held();
  }

  async *watched(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      this.#most = Math.max(this.#most, held() - this.#before);
      yield piece;
    }
  }

  get growth(): number {
    return this.#most;
  }
}
