import { setTimeout as delay } from 'node:timers/promises';
import { DavError } from '@almanac/dav-protocol';

/**
 * So many wrong passwords are free; each further one makes the next attempt wait twice as long. Behind one address there
 * may be many people, and one device that somebody forgot.
 */
const free = { account: 5, address: 100 };
const firstDelay = 250;
const longestDelay = 10_000;
/** A key's failures are forgotten after so many milliseconds without a new one. */
const memory = 15 * 60_000;
const maxKeys = 50_000;
/** More attempts than these are not waiting or checked at a time. */
const maxWaiting = 200;

/** What failures are counted for. */
export interface LoginKey {
  readonly of: keyof typeof free;
  readonly name: string;
}

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
   * Checks a password after as long a wait as the failures under these keys ask for. The attempt counts as a failure from
   * its beginning, so that many at once are slowed like many in a row; it is taken back when it was right.
   * @throws DavError 429 when too many wait already
   */
  async attempt(keys: readonly LoginKey[], check: () => Promise<boolean>): Promise<boolean> {
    const milliseconds = Math.max(...keys.map((key) => this.delayOf(key)));
    if (this.#waiting >= maxWaiting) {
      const headers = { 'Retry-After': '10' };
      throw new DavError(429, { detail: 'Too many sign-ins at a time; try again in some seconds.', headers });
    }
    this.failed(keys);
    this.#waiting += 1;
    try {
      if (milliseconds > 0) await delay(milliseconds);
      const right = await check();
      if (right) this.#takeBack(keys);
      return right;
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Milliseconds that the next attempt has to wait. */
  delayOf(key: LoginKey): number {
    const failures = this.#failures.get(textOf(key));
    if (failures === undefined || failures.count < free[key.of] || this.#now() - failures.at > memory) return 0;
    return Math.min(firstDelay * 2 ** (failures.count - free[key.of]), longestDelay);
  }

  failed(keys: readonly LoginKey[]): void {
    for (const key of keys.map(textOf)) {
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

  /** The account's owner was there: its failures are forgotten. The address may still be somebody else's, too. */
  #takeBack(keys: readonly LoginKey[]): void {
    for (const key of keys) {
      const failures = this.#failures.get(textOf(key));
      if (failures === undefined) continue;
      if (key.of === 'account' || failures.count <= 1) this.#failures.delete(textOf(key));
      else this.#failures.set(textOf(key), { ...failures, count: failures.count - 1 });
    }
  }
}

const textOf = ({ of, name }: LoginKey): string => `${of} ${name}`;
