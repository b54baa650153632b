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
/** Milliseconds for which something is told; longer where there is something to decide. */
const times = { plain: 8_000, fault: 12_000, undo: 20_000 };
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let isHeld = false;

function stopTimer(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function dismissLater({ id, isFault, undo }: Notice): void {
  stopTimer(id);
  if (isHeld) return;
  const time = isFault === true ? times.fault : undo === undefined ? times.plain : times.undo;
  timers.set(
    id,
    setTimeout(() => dismiss(id), time),
  );
}

/** Whoever is at it has all the time that they need (WCAG 2.2.1). */
export function holdNotices(): void {
  isHeld = true;
  for (const { id } of notices.value) stopTimer(id);
}

export function releaseNotices(): void {
  isHeld = false;
  notices.value.forEach(dismissLater);
}

export function tell(said: Omit<Notice, 'id'>): void {
  told += 1;
  const notice = { ...said, id: told };
  // What fails in several places for one reason is told once.
  const others = notices.value.filter(({ isFault, text }) => isFault !== true || text !== notice.text);
  const kept = isHeld ? others : others.slice(-2);
  for (const { id } of notices.value) if (!kept.some((each) => each.id === id)) stopTimer(id);
  notices.set([...kept, notice]);
  dismissLater(notice);
}

export function dismiss(id: number): void {
  stopTimer(id);
  notices.set(notices.value.filter((each) => each.id !== id));
}

/** Tells a fault. Whose session has ended is asked to sign in again. */
export function tellFault(fault: unknown): void {
  if (!(fault instanceof Refused && fault.status === 401)) return tell({ text: faultText(fault), isFault: true });
  if (session.value == null) return;
  if (openDialogs.value.length > 0) return isEnded.set(true);
  session.set(null);
  tell({ text: t('sessionEnded'), isFault: true });
}
