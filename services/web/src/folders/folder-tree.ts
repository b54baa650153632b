import type { Folder } from '../api/types.js';

export interface TreeNode {
  readonly folder: Folder;
  readonly children: readonly TreeNode[];
}

const byName = (a: TreeNode, b: TreeNode): number =>
  rank(a.folder) - rank(b.folder) || a.folder.name.localeCompare(b.folder.name);

/** Default folders come first. */
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
      .sort(byName);
  const top = below(null);
  // A ring has no top.
  const lost = folders.filter(({ segment }) => !placed.has(segment)).map((folder) => ({ folder, children: [] }));
  return [...top, ...lost];
}

const placeOf = ({ parent, segment }: Folder, known: ReadonlySet<string>): string | null =>
  parent !== null && parent !== segment && known.has(parent) ? parent : null;

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
