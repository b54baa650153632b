import type { CollectionRecord, MemberTag } from '@almanac/contracts';

/** A strong entity tag: the epoch, and the version that put the content (design 2). */
export const entityTag = ({ epoch }: { epoch: string }, version: number): string => `"${epoch}-${version}"`;

/** What a client's tag names; a tag that is none of ours names nothing that exists. */
export function memberTag(opaque: string): MemberTag {
  const match = /^([0-9a-z]+)-([1-9]\d{0,14})$/.exec(opaque);
  return match === null ? { epoch: '', version: -1 } : { epoch: match[1] as string, version: Number(match[2]) };
}

/** Where a client stands in a collection's changes (RFC 6578). */
export interface SyncPosition {
  readonly epoch: string;
  /** All changes up to this version have been told. */
  readonly after: number;
  /** The collection's version when a walk in several answers began; `after` otherwise. */
  readonly began: number;
}

const prefix = 'urn:almanac:sync/';

/** With ":" and "/" inside: Evolution throws other tokens away (clients-and-peers D). */
export const syncTokenOf = ({ epoch, after, began }: SyncPosition): string =>
  began === after ? `${prefix}${epoch}/${after}` : `${prefix}${epoch}/${after}/${began}`;

export function parseSyncToken(token: string): SyncPosition | null {
  const match = /^urn:almanac:sync\/([0-9a-z]+)\/(\d{1,15})(?:\/(\d{1,15}))?$/.exec(token);
  if (match === null) return null;
  const after = Number(match[2]);
  return { epoch: match[1] as string, after, began: Number(match[3] ?? after) };
}

/** The token of all that the collection holds now. */
export const currentToken = ({ epoch, version }: CollectionRecord): string =>
  syncTokenOf({ epoch, after: version, began: version });

/** CS:getctag: another value whenever anything in the collection has changed. */
export const ctagOf = ({ epoch, version }: CollectionRecord): string => `${epoch}-${version}`;

/** The entity tag of a collection's GET. */
export const collectionTag = (collection: CollectionRecord): string => `"${ctagOf(collection)}"`;
