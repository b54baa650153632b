import type {
  CollectionRecord,
  HomeRecord,
  MemberListing,
  MemberRecord,
  MemberTimes,
  OverlayRecord,
  StreamName,
  TenantId,
} from '@almanac/contracts';

/** Bounds in UTC seconds, both inclusive; an open side is left out. */
export interface TimesQuery {
  readonly component: string;
  readonly start?: number;
  readonly end?: number;
}

export interface ChangesQuery {
  /** Changes with after < version ≤ upTo … */
  readonly after: number;
  readonly upTo: number;
  /** … at most so many, the oldest first. */
  readonly limit: number;
}

/** Homes and collections as DAV clients see them. Contract: `read-models.contract.ts`. */
export interface CollectionReader {
  collection(stream: StreamName): Promise<CollectionRecord | null>;
  /** The collections of a home, the oldest first. */
  collectionsOf(home: StreamName): Promise<readonly CollectionRecord[]>;
  home(stream: StreamName): Promise<HomeRecord | null>;
  /** The collections of a tenant that are shared with any of these principals, the oldest first. */
  sharedWith(tenant: TenantId, principals: readonly string[]): Promise<readonly CollectionRecord[]>;
  /** What a viewer has made of one collection. */
  overlay(stream: StreamName): Promise<OverlayRecord | null>;
  /** What the owner of this home has made of other people's collections. */
  overlaysOf(home: StreamName): Promise<readonly OverlayRecord[]>;
}

/** Members of a collection, as they go out. Contract: `read-models.contract.ts`. */
export interface MemberReader {
  member(stream: StreamName, name: string): Promise<MemberRecord | null>;
  /** The live members among these names, in no order. */
  membersByName(stream: StreamName, names: readonly string[]): Promise<readonly MemberRecord[]>;
  /** The member that has this UID now. */
  nameByUid(stream: StreamName, uid: string): Promise<string | null>;
  /** All live members by name. */
  list(stream: StreamName): Promise<readonly MemberListing[]>;
  /** Changed and deleted members in version order, each once with its newest version. */
  changes(stream: StreamName, query: ChangesQuery): Promise<readonly MemberListing[]>;
  /** The live members of a component whose bounds meet the range. */
  times(stream: StreamName, query: TimesQuery): Promise<readonly MemberTimes[]>;
}
