import type { CollectionRecord, MemberTag } from '@almanac/contracts';
import type { View } from './view.js';

/**
 * A strong entity tag: the epoch, the version that put the content, and what the viewer is shown of it (design 2).
 * @param ending the view's `tagOf`
 */
export const entityTag = ({ epoch }: { epoch: string }, version: number, ending: string): string =>
  `"${epoch}-${version}${ending}"`;

/**
 * A tag without the client's form: that is only another way to write the same content, so a condition does not hang on which
 * program asks (C7).
 */
export const withoutForm = (tag: string): string => tag.replace(/~[a-z]+(?="?$)/, '');

/** What a client's tag names; a tag that is none of ours, or of another view, names nothing that exists. */
export function memberTag(opaque: string, ending: string): MemberTag {
  const match = /^([0-9a-z]+)-([1-9]\d{0,14})(-[0-9a-f.]+)?(?:~[a-z]+)?$/.exec(opaque);
  if (match === null || (match[3] ?? '') !== withoutForm(ending)) return { epoch: '', version: -1 };
  return { epoch: match[1] as string, version: Number(match[2]) };
}

/** Where a client stands in a collection's changes (RFC 6578). */
export interface SyncPosition {
  readonly epoch: string;
  /** All changes up to this version have been told. */
  readonly after: number;
  /** The collection's version when a walk in several answers began; `after` otherwise. */
  readonly began: number;
  /** The view that they were told in; '' for the owner's. */
  readonly view: string;
  /** All changes of the viewer's own overlay up to this version have been told. */
  readonly overlay: number;
}

const prefix = 'urn:almanac:sync/';

/** With ":" and "/" inside: Evolution throws other tokens away (clients-and-peers D). */
export function syncTokenOf({ epoch, after, began, view, overlay }: SyncPosition): string {
  const position = began === after ? `${epoch}/${after}` : `${epoch}/${after}/${began}`;
  return view === '' ? `${prefix}${position}` : `${prefix}${position};${view}.${overlay}`;
}

export function parseSyncToken(token: string): SyncPosition | null {
  const match = /^urn:almanac:sync\/([0-9a-z]+)\/(\d{1,15})(?:\/(\d{1,15}))?(?:;([0-9a-f]+)\.(\d{1,15}))?$/.exec(token);
  if (match === null) return null;
  const after = Number(match[2]);
  const [, epoch = '', , began = after, view = '', overlay = 0] = match;
  return { epoch, after, began: Number(began), view, overlay: Number(overlay) };
}

/** What of a collection its tags are made of. */
interface Tagged {
  readonly collection: Pick<CollectionRecord, 'epoch' | 'version'>;
  readonly view: Pick<View, 'tag' | 'overlay'>;
}

/** The token of all that the collection holds now. */
export const currentToken = ({ collection: { epoch, version }, view: { tag, overlay } }: Tagged): string =>
  syncTokenOf({ epoch, after: version, began: version, view: tag, overlay });

/** CS:getctag: another value whenever anything in the collection has changed, or what the viewer is shown of it. */
export const ctagOf = ({ collection: { epoch, version }, view: { tag, overlay } }: Tagged): string =>
  tag === '' ? `${epoch}-${version}` : `${epoch}-${version}-${tag}.${overlay}`;

/** The entity tag of a collection's GET. */
export const collectionTag = (folder: Tagged): string => `"${ctagOf(folder)}"`;
