import { setTimeout as delay } from 'node:timers/promises';
import { DavError } from '@almanac/dav-protocol';

/** So many wrong passwords are free; each further one makes the next attempt wait twice as long. */
const free = 5;
const firstDelay = 250;
const longestDelay = 10_000;
/** A key's failures are forgotten after so many milliseconds without a new one. */
const memory = 15 * 60_000;
const maxKeys = 50_000;
/** More attempts than these do not wait at a time. */
const maxWaiting = 500;

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** Slows the guessing of passwords, per account and per network address; a known good credential never waits. */
export class FailedLogins {
  readonly #failures = new Map<string, Failures>();
  readonly #now: () => number;
  #waiting = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Waits as long as the failures under these keys ask for.
   * @throws DavError 429 when too many wait already
   */
  async pause(keys: readonly string[]): Promise<void> {
    const milliseconds = Math.max(...keys.map((key) => this.delayOf(key)));
    if (milliseconds === 0) return;
    if (this.#waiting >= maxWaiting) {
      const headers = { 'Retry-After': '10' };
      throw new DavError(429, { detail: 'Too many wrong passwords; try again in some seconds.', headers });
    }
    this.#waiting += 1;
    try {
      await delay(milliseconds);
    } finally {
      this.#waiting -= 1;
    }
  }

  delayOf(key: string): number {
    const failures = this.#failures.get(key);
    if (failures === undefined || failures.count < free || this.#now() - failures.at > memory) return 0;
    return Math.min(firstDelay * 2 ** (failures.count - free), longestDelay);
  }

  failed(keys: readonly string[]): void {
    for (const key of keys) {
      const before = this.#failures.get(key);
      const count = before === undefined || this.#now() - before.at > memory ? 1 : before.count + 1;
      this.#failures.delete(key);
      this.#failures.set(key, { count, at: this.#now() });
    }
    for (const key of this.#failures.keys()) {
      if (this.#failures.size <= maxKeys) return;
      this.#failures.delete(key);
    }
  }

  /** The account's owner was there; the address may still be somebody else's, too. */
  succeeded(account: string): void {
    this.#failures.delete(account);
  }
}
