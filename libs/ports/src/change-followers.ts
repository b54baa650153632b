import type { TenantId } from '@almanac/contracts';
import type { ChangeNotice, HearChanges } from './change-notices.js';

/** Who follows which tenant: what adapters of `ChangeNotices` have in common. */
export class ChangeFollowers {
  readonly #followers = new Map<string, Set<HearChanges>>();

  get isEmpty(): boolean {
    return this.#followers.size === 0;
  }

  /** @returns what ends it */
  add(tenant: TenantId, heard: HearChanges): () => void {
    const own = this.#followers.get(tenant) ?? new Set();
    this.#followers.set(tenant, own);
    // Each call is a follower of its own, also with the same function.
    const follower: HearChanges = (notices) => heard(notices);
    own.add(follower);
    return () => {
      own.delete(follower);
      if (own.size === 0 && this.#followers.get(tenant) === own) this.#followers.delete(tenant);
    };
  }

  hasFollowers(stream: string): boolean {
    return this.#followers.has(tenantOf(stream));
  }

  /** Each follower is given what is of its tenant, if anything is. */
  tell(notices: readonly ChangeNotice[]): void {
    for (const [tenant, own] of Map.groupBy(notices, ({ stream }) => tenantOf(stream))) {
      for (const heard of this.#followers.get(tenant) ?? []) heard(own);
    }
  }
}

const tenantOf = (stream: string): string => stream.split('/', 1)[0] ?? '';
