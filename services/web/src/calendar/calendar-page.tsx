import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../api/types.js';
import { changeObject, readObject, type Scope } from '../api/objects.js';
import { Refused } from '../api/request.js';
import { hiddenFolders } from '../state/hidden-folders.js';
import { opening } from '../state/opening.js';
import { contentChanged, folders as folderStore, revision, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone as zoneStore } from '../state/zone.js';
import { t } from '../text/t.js';
import { CalendarBar } from './calendar-bar.js';
import { ConflictDialog, type Conflict } from './conflict-dialog.js';
import { EventEditor } from './event-editor.js';
import { Grid, type Moved } from './grid.js';
import { type GridView, gridViews } from './grid-views.js';
import { movedTimes } from './moved-times.js';
import { titleOf } from './title-of.js';
import { ScopeDialog } from './scope-dialog.js';
import type { EditorTarget } from './use-editing.js';

/** The calendar: one bar, one grid, and what opens from them. */
export function CalendarPage({ session }: { readonly session: Session }) {
  const folders = useStore(folderStore);
  const hidden = useStore(hiddenFolders);
  const zone = useStore(zoneStore);
  const changes = useStore(revision);
  const found = useStore(opening);
  const grid = useRef<Grid | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(changes);
  const [title, setTitle] = useState('');
  const [view, setView] = useState<GridView>(() => (innerWidth < 720 ? 'agenda' : 'month'));
  const [target, setTarget] = useState<EditorTarget | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = new Grid(box.current, view, {
      titled: setTitle,
      opened: (event) => setTarget({ kind: 'open', event }),
      chosen: (start, end) => setTarget({ kind: 'new', start, end }),
      moved: (move) => (move.event.recurrenceId === null ? void carryOut(move, 'all') : setMoved(move)),
    });
    grid.current = made;
    return () => made.destroy();
  }, [zone]);
  useEffect(() => grid.current?.show({ folders, hidden }), [folders, hidden, zone]);
  useEffect(() => {
    // A grid that was just made has asked by itself.
    if (asked.current !== changes) grid.current?.reload();
    asked.current = changes;
  }, [changes]);

  useEffect(() => {
    if (found?.component !== 'VEVENT') return;
    opening.set(null);
    if (found.start !== null) grid.current?.goTo(found.start);
    setTarget({ kind: 'open', event: found });
  }, [found]);

  const carryOut = async (move: Moved, scope: Scope): Promise<void> => {
    const { event } = move;
    const which = { recurrenceId: event.recurrenceId, scope };
    try {
      const before = await readObject(event, event.recurrenceId);
      const times = movedTimes(before, move, zone);
      const { undo } = await changeObject(event, times, which).catch((fault: unknown) => {
        if (fault instanceof Refused && fault.status === 412) setConflict({ ref: event, which, mine: times, before });
        throw fault;
      });
      tell({ text: t('moved', { title: titleOf(event) }), undo });
    } catch (fault) {
      move.revert();
      if (!(fault instanceof Refused && fault.status === 412)) tellFault(fault);
    }
    contentChanged();
  };
  return (
    <div class="calendar-page">
      <CalendarBar
        title={title}
        view={view}
        go={(where) => grid.current?.go(where)}
        change={(next) => {
          setView(next);
          grid.current?.change(next);
        }}
        create={() => grid.current !== null && setTarget({ kind: 'new', ...grid.current.nextHour() })}
      />
      <div class="grid" ref={box} data-view={gridViews[view]} />
      {target === null ? null : <EventEditor target={target} session={session} close={() => setTarget(null)} />}
      {moved === null ? null : (
        <ScopeDialog
          title={t('moveSeries')}
          choose={(scope) => void carryOut(moved, scope)}
          close={(isChosen) => {
            if (!isChosen) moved.revert();
            setMoved(null);
          }}
        />
      )}
      {conflict === null ? null : <ConflictDialog conflict={conflict} close={() => setConflict(null)} />}
    </div>
  );
}
