import type { Folder } from '../api/types.js';

export interface TreeNode {
  readonly folder: Folder;
  readonly children: readonly TreeNode[];
}

/** As they were arranged; what was not is below, default folders first, others by name. */
const byPlace = (a: Folder, b: Folder): number =>
  (a.order ?? last) - (b.order ?? last) || rank(a) - rank(b) || a.name.localeCompare(b.name);

const last = Number.MAX_SAFE_INTEGER;

const rank = ({ role }: Folder): number => (role === null ? 1 : 0);

/** The actor's own folders below each other, as they are placed; one whose place is gone stands at the top. */
export function folderTree(folders: readonly Folder[]): readonly TreeNode[] {
  const known = new Set(folders.map(({ segment }) => segment));
  const placed = new Set<string>();
  const below = (parent: string | null): readonly TreeNode[] =>
    folders
      .filter((folder) => placeOf(folder, known) === parent && !placed.has(folder.segment))
      .map((folder) => {
        placed.add(folder.segment);
        return { folder, children: below(folder.segment) };
      })
      .sort((a, b) => byPlace(a.folder, b.folder));
  const top = below(null);
  // A ring has no top.
  const lost = folders.filter(({ segment }) => !placed.has(segment)).map((folder) => ({ folder, children: [] }));
  return [...top, ...lost];
}

const placeOf = ({ parent, segment }: Folder, known: ReadonlySet<string>): string | null =>
  parent !== null && parent !== segment && known.has(parent) ? parent : null;

/** What others share, as the actor has arranged it. */
export const sharedFolders = (folders: readonly Folder[]): readonly Folder[] =>
  folders.filter((folder) => !isOwn(folder)).toSorted(byPlace);

/** Those that a folder stands among, itself too, as they are shown. */
export function besides(folders: readonly Folder[], folder: Folder): readonly Folder[] {
  if (!isOwn(folder)) return sharedFolders(folders);
  const own = folders.filter(isOwn);
  const known = new Set(own.map(({ segment }) => segment));
  return own.filter((each) => placeOf(each, known) === placeOf(folder, known)).toSorted(byPlace);
}

/** The order of each that has another one after a folder has changed places with the next (1) or the one before it (-1). */
export function rearranged(among: readonly Folder[], folder: Folder, by: 1 | -1): ReadonlyMap<Folder, number> {
  const at = among.findIndex(({ href }) => href === folder.href);
  const [one, other] = [among[at], among[at + by]];
  if (one === undefined || other === undefined) return new Map();
  const after = among.with(at, other).with(at + by, one);
  const orders = after.map((each, index) => [each, index + 1] as const);
  return new Map(orders.filter(([each, order]) => each.order !== order));
}

/** Where a folder can be moved: not below itself. */
export function possibleParents(folders: readonly Folder[], moved: Folder): readonly Folder[] {
  const inside = new Set([moved.segment]);
  for (let before = -1; before !== inside.size; ) {
    before = inside.size;
    for (const { parent, segment } of folders) if (parent !== null && inside.has(parent)) inside.add(segment);
  }
  return folders.filter(({ right, segment }) => right === 'owner' && !inside.has(segment));
}

export const isCalendar = ({ components }: Folder): boolean => components.includes('VEVENT');
export const isOwn = ({ right }: Folder): boolean => right === 'owner';
export const mayAdd = ({ right }: Folder): boolean => right !== 'see-busy' && right !== 'read';
/** Where something new goes until another one is chosen: one's own default folder, not one that another shares. */
export const usualFolder = (folders: readonly Folder[]): Folder | undefined =>
  folders.find((folder) => isOwn(folder) && folder.role !== null) ?? folders.find(isOwn) ?? folders[0];
export const mayAdminister = ({ right }: Folder): boolean => right === 'owner' || right === 'administer';

const palette = ['#2f6fb3', '#3a8a5f', '#b3622f', '#8a4fa3', '#b33a5b', '#2f8a99', '#7d7a2b', '#5a63b8'];

/** The folder's own colour, else one that stays the same. */
export function colorOf({ color, segment, home }: Pick<Folder, 'color' | 'segment' | 'home'>): string {
  const own = /^#[0-9a-f]{6}/i.exec(color ?? '')?.[0];
  if (own !== undefined) return own;
  const sum = [...`${home}/${segment}`].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return palette[sum % palette.length] ?? '#2f6fb3';
}
