import { expect, it } from 'vitest';
import type { Folder } from '../api/types.js';
import {
  besides,
  colorOf,
  folderTree,
  possibleParents,
  rearranged,
  type TreeNode,
  usualFolder,
} from './folder-tree.js';

const folder = (segment: string, parent: string | null, more: Partial<Folder> = {}): Folder => ({
  ...{ href: `/calendars/ada/${segment}/`, home: 'ada', segment, name: segment, owner: 'Ada', right: 'owner', parent },
  ...{ components: ['VEVENT'], role: null, color: null, order: null, members: 0, shared: false, modifiedAt: '' },
  ...more,
});
const outline = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map(({ folder: { segment }, children }) => (children.length === 0 ? segment : [segment, outline(children)]));

it('folders stand below their parents, default ones first, others by name', () => {
  const folders = [
    folder('b', 'home'),
    folder('a', 'home'),
    folder('c', 'a'),
    folder('z', null),
    folder('home', null, { role: 'x' }),
  ];
  expect(outline(folderTree(folders))).toEqual([['home', [['a', ['c']], 'b']], 'z']);
});

it('none is lost: one whose parent is gone, and those in a ring', () => {
  expect(outline(folderTree([folder('a', 'gone'), folder('b', 'c'), folder('c', 'b')]))).toEqual(['a', 'b', 'c']);
});

it('a folder is not offered a place below itself', () => {
  const folders = [
    folder('a', null),
    folder('b', 'a'),
    folder('c', 'b'),
    folder('d', null),
    folder('e', null, { right: 'read' }),
  ];
  expect(possibleParents(folders, folders[0] as Folder).map(({ segment }) => segment)).toEqual(['d']);
});

it('a folder without a colour has always the same', () => {
  expect(colorOf(folder('a', null))).toBe(colorOf(folder('a', null)));
  expect(colorOf(folder('a', null, { color: '#112233FF' }))).toBe('#112233');
});

it('something new goes to one’s own default folder, whatever others share', () => {
  const shared = folder('calendar', null, { home: 'bob', right: 'edit-all', role: 'default-calendar' });
  const own = folder('calendar', null, { role: 'default-calendar' });
  const other = folder('a', 'calendar');
  expect(usualFolder([shared, other, own])).toBe(own);
  expect(usualFolder([shared, other])).toBe(other);
  expect(usualFolder([shared])).toBe(shared);
  expect(usualFolder([])).toBeUndefined();
});

it('a folder changes places with the one before or after it, and only what moved gets another order', () => {
  const folders = [
    folder('b', null, { order: 1 }),
    folder('c', null),
    folder('a', null, { order: 2 }),
    folder('x', 'a'),
  ];
  const among = besides(folders, folders[1] as Folder);
  expect(among.map(({ segment }) => segment)).toEqual(['b', 'a', 'c']);
  const up = rearranged(among, folders[1] as Folder, -1);
  expect([...up].map(([{ segment }, order]) => [segment, order])).toEqual([
    ['c', 2],
    ['a', 3],
  ]);
  expect(rearranged(among, folders[0] as Folder, -1).size).toBe(0);
});
