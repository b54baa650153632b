import { gauge } from '@almanac/observability';

const inVain = gauge(
  'almanac_feed_repeats',
  'How often a consumer of the feed has tried in vain what it has yet to do; 0 while all goes on',
  ['consumer'],
);

/** What has been tried for longer, in milliseconds, does not pass by itself. */
const longest = 60_000;

/** Something that is tried until it is done. */
export interface Repeated {
  failed(): void;
  /** Done, or another process's to do. */
  over(): void;
}

/** What a consumer of the feed tries again and again: meanwhile its part of the feed stands still. */
export class FeedRepeats {
  readonly #consumer: string;
  readonly #failing = new Map<Repeated, number>();

  constructor(consumer: string) {
    this.#consumer = consumer;
    inVain.set({ consumer }, 0);
  }

  begin(): Repeated {
    const consumer = this.#consumer;
    let failures = 0;
    const repeated: Repeated = {
      failed: () => {
        failures += 1;
        inVain.inc({ consumer });
        if (!this.#failing.has(repeated)) this.#failing.set(repeated, Date.now());
      },
      over: () => {
        inVain.dec({ consumer }, failures);
        this.#failing.delete(repeated);
      },
    };
    return repeated;
  }

  /** @throws Error in words when something has been tried in vain for too long */
  demand(): void {
    for (const since of this.#failing.values()) {
      const taken = Date.now() - since;
      if (taken > longest) throw new Error(`${this.#consumer} has been trying the same in vain for ${taken} ms`);
    }
  }
}
