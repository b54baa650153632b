import type { PrincipalRecord, TenantRecord } from '@almanac/contracts';
import type { PageSession } from './session.js';

export interface SignedIn {
  readonly tenant: TenantRecord;
  readonly principal: PrincipalRecord;
  /** Of a page, whose cookie came in place of a password. */
  readonly session?: PageSession;
}

const maxEntries = 10_000;

/**
 * Who signed in a moment ago, so that a client that sends many requests at once is looked up once. What was revoked must take
 * effect within a second (design 7): an entry counts for less, and a password that is not right by it is looked up anew.
 */
export class RecentSignIns {
  readonly #lifetime: number;
  readonly #entries = new Map<string, SignedIn & { readonly until: number }>();

  /** @param lifetime milliseconds; 0 where a look-up costs nothing */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  find(host: string, login: string): SignedIn | null {
    const entry = this.#entries.get(`${host}\n${login}`);
    return entry === undefined || entry.until < performance.now() ? null : entry;
  }

  add(host: string, login: string, { tenant, principal }: SignedIn): void {
    if (this.#lifetime === 0) return;
    const key = `${host}\n${login}`;
    this.#entries.delete(key);
    this.#entries.set(key, { tenant, principal, until: performance.now() + this.#lifetime });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) return;
      this.#entries.delete(oldest);
    }
  }
}
