import type {
  CollectionOwner,
  CollectionRole,
  PrincipalKind,
  Profile,
  StreamName,
  TenantSettings,
} from '@almanac/contracts';

export interface CollectionLookup {
  readonly stream: StreamName;
  readonly names: readonly string[];
  readonly uids: readonly string[];
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
  } | null;
  /** The live members of these names, and those that hold these UIDs. */
  readonly members: readonly {
    readonly name: string;
    readonly uid: string;
    readonly version: number;
    readonly size: number;
    /** Its facts name managed attachments; left out where they do not. */
    readonly attached?: boolean;
  }[];
}

export interface LoadedHome {
  readonly stream: StreamName;
  readonly version: number;
  readonly exists: boolean;
}

/** What the calendar and tasks services decide on: one read a batch. Contract: `read-models.contract.ts`. */
export interface CollectionStateReader {
  collections(lookups: readonly CollectionLookup[]): Promise<readonly LoadedCollection[]>;
  homes(streams: readonly StreamName[]): Promise<readonly LoadedHome[]>;
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
    readonly appPasswordKeys: readonly string[];
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
