import { api, Refused } from '../api/request.js';
import type { Folder, Session } from '../api/types.js';
import { faultText } from '../text/fault-text.js';
import { t } from '../text/t.js';
import { inOrder } from './in-order.js';
import { openDialogs } from './open-dialogs.js';
import { Store } from './store.js';

/** Undefined until it is known whether somebody is signed in. */
export const session = new Store<Session | null | undefined>(undefined);

/** The session has ended while a dialog is open: what is typed there waits until they have signed in again. */
export const isEnded = new Store(false);

export function signedIn(known: Session | null): void {
  session.set(known);
  isEnded.set(false);
  contentChanged();
}

export const folders = new Store<readonly Folder[]>([]);

/** Grows when appointments or tasks may have changed. */
export const revision = new Store(0);
export const contentChanged = (): void => revision.set(revision.value + 1);

const showFolders = inOrder<{ readonly folders: readonly Folder[] }>((answer) => folders.set(answer.folders));

export const loadFolders = (): Promise<void> => showFolders(api('GET', 'folders'));

/** What the page tells in passing, with a way back where there is one. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly isFault?: boolean;
  readonly undo?: (() => Promise<unknown>) | undefined;
}
export const notices = new Store<readonly Notice[]>([]);

let told = 0;
const faultTime = 12_000;
const plainTime = 8_000;

export function tell(notice: Omit<Notice, 'id'>): void {
  told += 1;
  const id = told;
  // What fails in several places for one reason is told once.
  const others = notices.value.filter(({ isFault, text }) => isFault !== true || text !== notice.text);
  notices.set([...others.slice(-2), { ...notice, id }]);
  setTimeout(() => dismiss(id), notice.isFault === true ? faultTime : plainTime);
}

export const dismiss = (id: number): void => notices.set(notices.value.filter((each) => each.id !== id));

/** Tells a fault. Whose session has ended is asked to sign in again. */
export function tellFault(fault: unknown): void {
  if (!(fault instanceof Refused && fault.status === 401)) return tell({ text: faultText(fault), isFault: true });
  if (session.value == null) return;
  if (openDialogs.value.length > 0) return isEnded.set(true);
  session.set(null);
  tell({ text: t('sessionEnded'), isFault: true });
}
