import { Store } from './store.js';

const key = 'almanac.search-key';

/** Whether `/` opens the search: who speaks to the browser must be able to turn single keys off (WCAG 2.2, 2.1.4). */
export const searchKey = new Store(localStorage.getItem(key) !== 'off');

export function setSearchKey(isOn: boolean): void {
  searchKey.set(isOn);
  if (isOn) localStorage.removeItem(key);
  else localStorage.setItem(key, 'off');
}
