import type { CollectionRecord, HomeRecord, MemberRecord, PrincipalKind, PrincipalRecord } from '@almanac/contracts';
import type { Privilege } from '@almanac/access';

interface Resource<Kind extends string> {
  readonly kind: Kind;
  /** The canonical URL path. */
  readonly href: string;
  readonly privileges: readonly Privilege[];
}

/** `/` and `/calendars/` and `/principals/`, and below the latter a collection for each kind. */
export interface RootResource extends Resource<'root'> {}
export interface HomesResource extends Resource<'homes'> {}
export interface PrincipalsResource extends Resource<'principals'> {
  readonly of: PrincipalKind | null;
}
export interface PrincipalResource extends Resource<'principal'> {
  readonly principal: PrincipalRecord;
}
/** Calendar home (RFC 4791 6.2.1). */
export interface HomeResource extends Resource<'home'> {
  readonly home: HomeRecord;
  readonly owner: PrincipalRecord;
}
/** Calendar collection (RFC 4791 4.2). */
export interface CollectionResource extends Resource<'collection'> {
  readonly collection: CollectionRecord;
  readonly owner: PrincipalRecord;
}
/** Calendar object resource (RFC 4791 4.1). */
export interface MemberResource extends Resource<'member'> {
  readonly collection: CollectionRecord;
  readonly owner: PrincipalRecord;
  readonly member: MemberRecord;
}

export type DavResource =
  | RootResource
  | HomesResource
  | PrincipalsResource
  | PrincipalResource
  | HomeResource
  | CollectionResource
  | MemberResource;
export type ResourceKind = DavResource['kind'];

/** What a path leads to; where nothing is yet, what could be made there and where. */
export type Located =
  | DavResource
  | { readonly kind: 'unmapped'; readonly href: string; readonly parent: DavResource | null; readonly name: string };
