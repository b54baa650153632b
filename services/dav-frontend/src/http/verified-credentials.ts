import { createHmac, randomBytes } from 'node:crypto';
import type { PrincipalRecord } from '@almanac/contracts';

/** Milliseconds for which a password that was right is not hashed again. */
const lifetime = 60 * 60_000;
const maxEntries = 100_000;

interface Verified {
  readonly credentialVersion: number;
  readonly until: number;
}

/**
 * Credentials that argon2 has found right, under a keyed hash: DAV clients send theirs with every request
 * (facts 4). An entry counts only for the credential version that the principal has now (design 7).
 */
export class VerifiedCredentials {
  readonly #key = randomBytes(32);
  readonly #verified = new Map<string, Verified>();

  readonly #checking = new Map<string, Promise<boolean>>();

  has(principal: PrincipalRecord, password: string): boolean {
    const entry = this.#verified.get(this.#hash(principal, password));
    return entry !== undefined && entry.credentialVersion === principal.credentialVersion && entry.until > Date.now();
  }

  /** Requests that come together with the same credentials wait for one check of them. */
  check(principal: PrincipalRecord, password: string, verify: () => Promise<boolean>): Promise<boolean> {
    const key = `${this.#hash(principal, password)} ${principal.credentialVersion}`;
    const checking = this.#checking.get(key) ?? verify().finally(() => this.#checking.delete(key));
    this.#checking.set(key, checking);
    return checking;
  }

  add(principal: PrincipalRecord, password: string): void {
    const { credentialVersion } = principal;
    this.#verified.set(this.#hash(principal, password), { credentialVersion, until: Date.now() + lifetime });
    for (const key of this.#verified.keys()) {
      if (this.#verified.size <= maxEntries) return;
      this.#verified.delete(key);
    }
  }

  #hash({ tenant, id }: PrincipalRecord, password: string): string {
    return createHmac('sha256', this.#key).update(`${tenant}\0${id}\0${password}`).digest('base64');
  }
}
