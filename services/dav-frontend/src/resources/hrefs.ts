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

export const memberHref = (collection: string, name: string): string => collection + encodeSegment(name);
