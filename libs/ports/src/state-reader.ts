import type {
  AppPasswordRecord,
  CollectionOwner,
  CollectionRole,
  PrincipalKind,
  Profile,
  PropertyValues,
  ReminderMemory,
  Share,
  StreamName,
  TenantSettings,
} from '@almanac/contracts';

export interface CollectionLookup {
  readonly stream: StreamName;
  readonly names: readonly string[];
  readonly uids: readonly string[];
  /** Whether the collection's own properties are needed; else they may be left out. */
  readonly withProperties?: boolean;
  /**
   * The stream's version as the caller has left it, if it knows: then the members may be read at the same time as the
   * version. Where the answer shows another one, the caller asks again without it.
   */
  readonly head?: number;
}

export interface LoadedCollection {
  readonly stream: StreamName;
  /** The version that the read models show; 0 for a stream that they have never seen. */
  readonly version: number;
  readonly collection: {
    readonly epoch: string;
    readonly owner: CollectionOwner;
    readonly components: readonly string[];
    readonly role: CollectionRole | null;
    readonly profile: Profile;
    readonly rulesOff: readonly string[];
    readonly shares: readonly Share[];
    readonly since: number;
    readonly properties: PropertyValues | null;
    /** How many live members it has, and their octets. */
    readonly count: number;
    readonly octets: number;
  } | null;
  /** What all collections of the home hold. */
  readonly usage: { readonly collections: number; readonly octets: number };
  /** The live members of these names, and those that hold these UIDs. */
  readonly members: readonly {
    readonly name: string;
    readonly uid: string;
    readonly version: number;
    readonly size: number;
    readonly createdBy: string;
    readonly memory: ReminderMemory | null;
    /** Its facts name managed attachments; left out where they do not. */
    readonly attached?: boolean;
  }[];
}

export interface LoadedHome {
  readonly stream: StreamName;
  readonly version: number;
  readonly exists: boolean;
}

export interface LoadedOverlay {
  readonly stream: StreamName;
  readonly version: number;
  /** Member names, with the overlay's version that set their alarms, and how many octets those have. */
  readonly alarms: readonly (readonly [name: string, { readonly version: number; readonly octets: number }])[];
}

/** What the calendar and tasks services decide on: one read a batch. Contract: `read-models.contract.ts`. */
export interface CollectionStateReader {
  collections(lookups: readonly CollectionLookup[]): Promise<readonly LoadedCollection[]>;
  homes(streams: readonly StreamName[]): Promise<readonly LoadedHome[]>;
  overlays(streams: readonly StreamName[]): Promise<readonly LoadedOverlay[]>;
}

export interface DirectoryLookup {
  readonly tenant: string;
  readonly ids: readonly string[];
  /** Logins and addresses, lower case. */
  readonly names: readonly string[];
}

export interface LoadedDirectory {
  readonly version: number;
  readonly tenantExists: boolean;
  readonly principals: readonly {
    readonly id: string;
    readonly kind: PrincipalKind;
    readonly appPasswords: readonly Pick<AppPasswordRecord, 'key' | 'usedAt'>[];
  }[];
  readonly holders: readonly { readonly name: string; readonly id: string }[];
}

export interface LoadedTenants {
  readonly version: number;
  readonly tenants: readonly (TenantSettings & { readonly id: string })[];
  /** Those that have principals. */
  readonly inUse: readonly string[];
}

/** What the directory service decides on. Contract: `directory-reader.contract.ts`. */
export interface DirectoryStateReader {
  directory(lookup: DirectoryLookup): Promise<LoadedDirectory>;
  tenants(): Promise<LoadedTenants>;
}
