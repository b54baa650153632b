import type { Privilege, Right } from '@almanac/access';
import type {
  CollectionRecord,
  HomeRecord,
  MemberRecord,
  OverlayRecord,
  PrincipalKind,
  PrincipalRecord,
} from '@almanac/contracts';
import type { ClientForm } from '../clients/client-form.js';
import type { ShownMember, View } from './view.js';

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
  /** With the properties that the viewer has set for itself (S3). */
  readonly collection: CollectionRecord;
  readonly owner: PrincipalRecord;
  readonly right: Right;
  /** The principal that looks. */
  readonly viewer: string;
  readonly overlay: OverlayRecord | null;
  readonly view: View;
  /** In which this client is given calendar data. */
  readonly forms: readonly ClientForm[];
}
/** Calendar object resource (RFC 4791 4.1). */
export interface MemberResource extends Resource<'member'> {
  readonly collection: CollectionRecord;
  readonly owner: PrincipalRecord;
  readonly folder: CollectionResource;
  readonly stored: MemberRecord;
  /** As it is shown. */
  readonly member: ShownMember;
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
