import { setTimeout as delay } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { Collection } from 'mongodb';
import type { GroupState } from '../group-state.js';
import type { InstanceDocument } from '../instances.js';

export interface Patience {
  /** Milliseconds without a sign of life after which a process is given up; twice what processes rely on what they know. */
  readonly silence: number;
  /** Milliseconds between two looks. */
  readonly interval: number;
}

export const usualPatience: Patience = { silence: 10_000, interval: 200 };

interface Sign {
  readonly beat: number;
  readonly seenAt: number;
}

/** Waits until every process that lives has confirmed a revision; whether one lives is seen from here, by no other clock. */
export class Confirmation {
  readonly #instances: Collection<InstanceDocument>;
  readonly #patience: Patience;
  readonly #signs = new Map<string, Sign>();

  constructor(instances: Collection<InstanceDocument>, patience: Patience) {
    this.#instances = instances;
    this.#patience = patience;
  }

  async of({ _id: group, revision }: GroupState, check: () => void): Promise<void> {
    for (;;) {
      check();
      const found = await this.#instances.find({}).toArray();
      const waiting = found.filter((instance) => this.#lives(instance) && (instance.confirmed[group] ?? 0) < revision);
      if (waiting.length === 0) return;
      await delay(this.#patience.interval);
    }
  }

  #lives({ _id, beat }: InstanceDocument): boolean {
    const now = performance.now();
    const sign = this.#signs.get(_id);
    if (sign?.beat === beat) return now - sign.seenAt < this.#patience.silence;
    this.#signs.set(_id, { beat, seenAt: now });
    return true;
  }
}
