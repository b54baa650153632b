import type { CollectionOwner, CollectionRole, Profile } from '@almanac/contracts';

/** What decisions need to know of the collection itself. */
export interface LiveCollection {
  readonly epoch: string;
  readonly owner: CollectionOwner;
  readonly components: readonly string[];
  readonly role: CollectionRole | null;
  readonly profile: Profile;
  /** The stream's version. */
  readonly version: number;
}

export interface LiveMember {
  readonly uid: string;
  readonly version: number;
  readonly size: number;
  /** It refers to managed attachments, as stored or as received. */
  readonly attached?: boolean;
}

/**
 * A collection as far as a batch of commands needs it: the members that the commands name, and those that
 * hold a UID that they bring. Names and UIDs that are not in the maps are free.
 */
export interface CollectionState {
  readonly collection: LiveCollection | null;
  readonly members: ReadonlyMap<string, LiveMember>;
  readonly nameByUid: ReadonlyMap<string, string>;
}

export const noCollection: CollectionState = { collection: null, members: new Map(), nameByUid: new Map() };
