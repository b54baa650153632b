import { useState } from 'preact/hooks';
import {
  type Change,
  changeObject,
  createObject,
  deleteObject,
  moveChanged,
  moveObject,
  type Occurrence,
  readObject,
  rememberObject,
  type Scope,
  undoFrom,
} from '../api/objects.js';
import { newId } from '../api/new-id.js';
import { Refused } from '../api/request.js';
import type { Details, ReadObject } from '../api/types.js';
import { type Place, usePlace } from '../folders/use-place.js';
import { contentChanged, type Notice, tell, tellFault } from '../state/stores.js';
import { t } from '../text/t.js';
import type { Conflict } from './conflict-dialog.js';
import { changesOf, detailsOfForm, type EventForm } from './event-form.js';
import { type Files, useFiles } from './use-files.js';
import { type EditorTarget, useOpened } from './use-opened.js';
import type { Asking } from './scope-dialog.js';
import { titleOf } from './title-of.js';

interface EditingOptions {
  readonly target: EditorTarget;
  readonly close: () => void;
}

export interface Editing {
  /** Null for one that is not there yet. */
  readonly read: ReadObject | null;
  /** Null until it is read. */
  readonly form: EventForm | null;
  readonly isRecurring: boolean;
  readonly isBusy: boolean;
  readonly files: Files;
  readonly place: Place;
  /** Whether closing would lose something. */
  readonly isTouched: boolean;
  /** Somebody else was quicker. */
  readonly conflict: Conflict | null;
  /** What waits for an answer: which occurrences are meant? */
  readonly asking: Asking | null;
  readonly setForm: (form: EventForm) => void;
  readonly ask: (asking: Asking | null) => void;
  readonly save: () => Promise<void>;
  readonly change: (which: Occurrence, changes: Partial<Details>) => Promise<void>;
  readonly remove: (scope: Scope) => Promise<void>;
  readonly choose: (scope: Scope) => void;
  /** The answers to a conflict: one's own version was kept, the other one stays, none. */
  readonly kept: (change: Change) => Promise<void>;
  readonly left: (theirs: ReadObject) => void;
  readonly endConflict: () => void;
}

/** The life of an editor: what was opened, what has become of it, and how it is kept. */
export function useEditing({ target, close }: EditingOptions): Editing {
  const { read, opened, form, setForm, show, stored } = useOpened(target, close);
  const [asking, ask] = useState<Asking | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [id] = useState(newId);
  const files = useFiles();
  const place = usePlace(read, 'VEVENT');
  const recurrenceId = target.kind === 'open' ? target.event.recurrenceId : null;

  const done = (text: string, undo: Notice['undo']): void => {
    tell({ text, undo });
    contentChanged();
    close();
  };
  const hasFiles = files.chosen.length > 0 || files.removed.length > 0;
  /** Files go after the appointment is kept, in the same gesture; where one is refused, the editor stays open with it. */
  const withFiles = async (text: string, changed: Change): Promise<void> => {
    if (!hasFiles) return done(text, changed.undo);
    const isWhole = await files.send(changed.at.href);
    const now = await readObject(changed.at, null);
    const undo = undoFrom(changed, now.etag);
    if (isWhole) return done(text, undo);
    tell({ text, undo });
    contentChanged();
    stored(now);
  };
  /** What was changed goes where it is to be; where that is refused, it is kept where it was, and the editor stays open. */
  const placed = async (text: string, changed: Change): Promise<void> => {
    const { isMoved, folder } = place;
    if (!isMoved || folder === undefined) return withFiles(text, changed);
    const moved = await moveChanged(changed, folder).catch(async (fault: unknown) => {
      const now = await readObject(changed.at, null);
      tell({ text, undo: undoFrom(changed, now.etag) });
      contentChanged();
      stored(now);
      throw fault;
    });
    await withFiles(text, moved);
  };
  /** Nothing is written over by going elsewhere, so what others have changed meanwhile goes along. */
  const moveAlone = async (ref: ReadObject): Promise<void> => {
    const text = t('moved', { title: titleOf(ref) });
    const now = await readObject(ref, null);
    if (!hasFiles && place.folder !== undefined) return done(text, (await moveObject(now, place.folder)).undo);
    await placed(text, await rememberObject(now));
  };
  const change = async (which: Occurrence, changes: Partial<Details>): Promise<void> => {
    if (read === null) return;
    const changed = await changeObject(read, changes, which).catch((fault: unknown) => {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      setConflict({ ref: read, which, mine: changes, before: read });
      return null;
    });
    if (changed !== null) await placed(t('saved'), changed);
  };
  const create = async (): Promise<void> => {
    const { folder } = place;
    const details = form === null ? null : detailsOfForm(form);
    if (folder === undefined) return tell({ text: t('noFolder'), isFault: true });
    if (details === null) return;
    const { attendees, ...rest } = details;
    const sent = attendees.length === 0 ? rest : details;
    await withFiles(t('created'), await createObject(folder, { id, component: 'VEVENT' }, sent));
  };
  const save = async (): Promise<void> => {
    const changes = form === null || opened === null ? null : changesOf(opened, form);
    if (changes === null) return tell({ text: t('endBeforeStart'), isFault: true });
    if (read === null) return create();
    if (Object.keys(changes).length > 0) {
      if (recurrenceId !== null) return ask({ of: 'save', changes });
      return change({ recurrenceId: null, scope: 'all' }, changes);
    }
    if (place.isMoved) return moveAlone(read);
    if (!hasFiles) return close();
    await withFiles(t('saved'), await rememberObject(read));
  };
  const remove = async (scope: Scope): Promise<void> => {
    if (read !== null) done(t('deleted'), await deleteObject(read, { recurrenceId, scope }));
  };
  const busy = async (work: Promise<void>): Promise<void> => {
    setBusy(true);
    await work.catch(tellFault);
    setBusy(false);
  };
  return {
    ...{ read, form, files, place, asking, conflict, isBusy, setForm, ask },
    isTouched: hasFiles || place.isMoved || JSON.stringify(form) !== JSON.stringify(opened),
    isRecurring: recurrenceId !== null || form?.rule != null,
    save: () => busy(save()),
    change: (which, changes) => busy(change(which, changes)),
    remove: (scope) => busy(remove(scope)),
    choose: (scope) =>
      void busy(asking?.of === 'save' ? change({ recurrenceId, scope }, asking.changes) : remove(scope)),
    kept: (changed) => busy(placed(t('saved'), changed)),
    // Files and a folder that were chosen can still go along with the other version.
    left: (theirs) => (hasFiles || place.isMoved ? show(theirs) : close()),
    endConflict: () => setConflict(null),
  };
}
