import type {
  CollectionOwner,
  CollectionRole,
  Profile,
  PropertyValues,
  ReminderMemory,
  Share,
} from '@almanac/contracts';

/** What decisions need to know of the collection itself. */
export interface LiveCollection {
  readonly epoch: string;
  readonly owner: CollectionOwner;
  readonly components: readonly string[];
  readonly role: CollectionRole | null;
  readonly profile: Profile;
  /** Rows of the profile that are switched off. */
  readonly rulesOff: readonly string[];
  readonly shares: readonly Share[];
  /** The stream's version. */
  readonly version: number;
  /** The version that made this life of the URL. */
  readonly since: number;
  /** Those of the collection itself; null where no command of the batch needs them. */
  readonly properties: PropertyValues | null;
  /** How many members there are, whichever of them the state knows. */
  readonly count: number;
  /** Octets of all of them. */
  readonly octets: number;
}

/** What a home holds in all its collections: limits are of the home, and so its collections share this. */
export interface HomeUsage {
  readonly collections: number;
  readonly octets: number;
}

export interface LiveMember {
  readonly uid: string;
  readonly version: number;
  readonly size: number;
  /** Who put it first. */
  readonly createdBy: string;
  readonly memory?: ReminderMemory | null;
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
  readonly usage: HomeUsage;
}

export const noCollection: CollectionState = {
  collection: null,
  members: new Map(),
  nameByUid: new Map(),
  usage: { collections: 0, octets: 0 },
};
