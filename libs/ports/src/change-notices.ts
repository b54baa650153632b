import type { TenantId } from '@almanac/contracts';

/** That a stream has new commits. */
export interface ChangeNotice {
  readonly stream: string;
  /** Of their events. */
  readonly types: readonly string[];
}

export type HearChanges = (notices: readonly ChangeNotice[]) => void;

/** Tells those who look right now that something has changed. Nobody who must not miss anything relies on it: see EventFeed. */
export interface ChangeNotices {
  /**
   * Fulfilled when everything that happens from then on is told.
   * @param heard is given what is new in a tenant's streams, which the read models show by then
   * @returns what ends it
   * @throws Unavailable
   */
  follow(tenant: TenantId, heard: HearChanges): Promise<() => void>;
}
