import { Store } from './store.js';

/** A matter of this browser: which folders are not drawn. */
const key = 'almanac.hidden';

function read(): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? '[]') as string[]);
  } catch {
    return new Set();
  }
}

export const hiddenFolders = new Store<ReadonlySet<string>>(read());

export function showFolder(href: string, isShown: boolean): void {
  const hidden = new Set(hiddenFolders.value);
  if (isShown) hidden.delete(href);
  else hidden.add(href);
  hiddenFolders.set(hidden);
  localStorage.setItem(key, JSON.stringify([...hidden]));
}
