import type { StreamName, TrashRecord } from '@almanac/contracts';

/** Deleted collections. Contract: `read-models.contract.ts`. */
export interface TrashReader {
  /** What has been deleted from a home and can be restored, the newest first. */
  trashOf(home: StreamName): Promise<readonly TrashRecord[]>;
}
