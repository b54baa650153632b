import type { CollectionRecord, PrincipalKind, PrincipalRecord } from '@almanac/contracts';
import { encodeSegment } from '@almanac/dav-protocol';

const folders: Readonly<Record<PrincipalKind, string>> = { user: 'users', group: 'groups', resource: 'resources' };

export const principalsHref = (kind: PrincipalKind | null): string =>
  kind === null ? '/principals/' : `/principals/${folders[kind]}/`;

export const kindInFolder = (folder: string): PrincipalKind | null =>
  (Object.keys(folders) as PrincipalKind[]).find((kind) => folders[kind] === folder) ?? null;

export const principalHref = ({ kind, id }: Pick<PrincipalRecord, 'kind' | 'id'>): string =>
  `${principalsHref(kind)}${encodeSegment(id)}/`;

export const homeHref = (home: string): string => `/calendars/${encodeSegment(home)}/`;

export const collectionHref = ({ home, segment }: Pick<CollectionRecord, 'home' | 'segment'>): string =>
  `${homeHref(home)}${encodeSegment(segment)}/`;

/** The name that a shared collection has in the homes of others; no id has a "~". */
const sharedName = ({ home, segment }: Pick<CollectionRecord, 'home' | 'segment'>): string => `${home}~${segment}`;

export const sharedHref = (viewer: string, collection: Pick<CollectionRecord, 'home' | 'segment'>): string =>
  `${homeHref(viewer)}${encodeSegment(sharedName(collection))}/`;

/** Whose collection a name in somebody else's home is; null for a name of another kind. */
export function addressOfShared(name: string): { readonly home: string; readonly segment: string } | null {
  const at = name.indexOf('~');
  return at < 1 ? null : { home: name.slice(0, at), segment: name.slice(at + 1) };
}

export const memberHref = (collection: string, name: string): string => collection + encodeSegment(name);
