const nothing = new Uint8Array();

/** Octets of a source in pieces, some of them in view: `octets` from `at` on. */
export class OctetCursor {
  readonly #source: AsyncIterator<Uint8Array>;
  octets: Uint8Array = nothing;
  at = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** So many octets are in view already. */
  has(count: number): boolean {
    return this.octets.length - this.at >= count;
  }

  /** Has at least so many octets in view, unless the source ends before. False when there is none left at all. */
  async view(count = 1): Promise<boolean> {
    while (!this.has(count)) {
      const next = await this.#source.next();
      if (next.done) break;
      const rest = this.octets.subarray(this.at);
      this.octets = rest.length === 0 ? next.value : joined(rest, next.value);
      this.at = 0;
    }
    return this.has(1);
  }

  /** The source is not read to its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
