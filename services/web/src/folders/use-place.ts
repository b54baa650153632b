import { useState } from 'preact/hooks';
import type { Folder, ObjectRef } from '../api/types.js';
import { folders as folderStore } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { mayAdd, usualFolder } from './folder-tree.js';

export interface Place {
  /** Where it can go; none where it has to stay. */
  readonly folders: readonly Folder[];
  /** Where it is to be; undefined where there is no folder for it. */
  readonly folder: Folder | undefined;
  /** It is to be elsewhere than it is. */
  readonly isMoved: boolean;
  readonly choose: (href: string) => void;
}

/**
 * In which folder an appointment or a task is to be: where it is until another one is chosen, a new one in the usual one.
 * Only what one may take out of its folder can go elsewhere (S4).
 */
export function usePlace(read: ObjectRef | null, component: 'VEVENT' | 'VTODO'): Place {
  const all = useStore(folderStore).filter(({ components }) => components.includes(component));
  const [chosen, choose] = useState('');
  const current = all.find(({ home, segment }) => home === read?.home && segment === read.segment);
  const possible = all.filter((folder) => folder === current || mayAdd(folder));
  const folders = read === null || (current !== undefined && read.deletable) ? possible : [];
  const usual = current ?? usualFolder(possible);
  const folder = folders.find(({ href }) => href === chosen) ?? usual;
  return { folders, folder, isMoved: read !== null && folder !== current, choose };
}
