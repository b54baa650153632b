import type { StreamName } from '@almanac/contracts';
import type { Head } from '@almanac/ports';

/** More streams than these are not kept in mind. */
const maxStreams = 20_000;

/**
 * The heads of streams as their owner has left them: what the log and the read models are both known to show. Somebody else
 * may have appended since; the next append finds that out.
 */
export class KnownHeads {
  readonly #heads = new Map<StreamName, Head>();

  /** Those that are known, of these. */
  of(streams: Iterable<StreamName>): Map<StreamName, Head> {
    const known = new Map<StreamName, Head>();
    for (const stream of streams) {
      const head = this.#heads.get(stream);
      if (head !== undefined) known.set(stream, head);
    }
    return known;
  }

  remember(heads: Iterable<readonly [StreamName, Head]>): void {
    for (const [stream, head] of heads) {
      // The one that was left alone longest is first.
      this.#heads.delete(stream);
      this.#heads.set(stream, head);
    }
    for (const stream of this.#heads.keys()) {
      if (this.#heads.size <= maxStreams) return;
      this.#heads.delete(stream);
    }
  }

  forget(streams: Iterable<StreamName>): void {
    for (const stream of streams) this.#heads.delete(stream);
  }
}
