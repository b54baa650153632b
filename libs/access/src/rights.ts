import { type Share, type ShareRight, shareRights } from '@almanac/contracts';

/** Who looks: a principal and the groups that it is in. */
export interface Viewer {
  readonly id: string;
  readonly groups: readonly string[];
}

/** What rights on a collection hang on. */
export interface SharedCollection {
  readonly home: string;
  readonly shares: readonly Share[];
}

/** The owner has all rights, and those to the folder itself, too. */
export type Right = 'owner' | ShareRight;

/** The highest right of a viewer, by itself or by any of its groups; null: the collection is not there for them (S1, S4). */
export function rightOf({ id, groups }: Viewer, { home, shares }: SharedCollection): Right | null {
  if (id === home) return 'owner';
  const own = shares.filter((share) => share.id === id || (share.kind === 'group' && groups.includes(share.id)));
  const highest = own.reduce((best, { right }) => Math.max(best, shareRights.indexOf(right)), -1);
  return shareRights[highest] ?? null;
}

/** What can be done with a collection and its members, as far as rights tell. */
export type Act = 'read' | 'add' | 'change' | 'remove' | 'administer' | 'own';

const least: Readonly<Record<Act, ShareRight | null>> = {
  read: 'read',
  add: 'add',
  change: 'edit-all',
  remove: 'delete',
  administer: 'administer',
  // Deleting the folder, or renewing it: nobody else's.
  own: null,
};

/** @param own whether the member concerned was put by the viewer itself */
export function may(right: Right, act: Act, own = false): boolean {
  if (right === 'owner') return true;
  const needed = own && (act === 'change' || act === 'remove') ? 'edit-own' : least[act];
  return needed !== null && includes(right, needed);
}

const includes = (right: ShareRight, other: ShareRight): boolean =>
  shareRights.indexOf(right) >= shareRights.indexOf(other);
