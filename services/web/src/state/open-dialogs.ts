import { Store } from './store.js';

/** Ids of the dialogs that are open, the topmost last; everything beneath it is inert. */
export const openDialogs = new Store<readonly string[]>([]);
