import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../api/types.js';
import { hiddenFolders } from '../state/hidden-folders.js';
import { opening } from '../state/opening.js';
import { folders as folderStore, revision, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone as zoneStore } from '../state/zone.js';
import { t } from '../text/t.js';
import { CalendarBar } from './calendar-bar.js';
import { ConflictDialog } from './conflict-dialog.js';
import { EventEditor } from './event-editor.js';
import { Grid } from './grid.js';
import { type GridView, gridViews } from './grid-views.js';
import { ScopeDialog } from './scope-dialog.js';
import { useMoving } from './use-moving.js';
import type { EditorTarget } from './use-opened.js';

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
  const { asked: moved, conflict, move, choose, endAsking, endConflict } = useMoving(zone);

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = new Grid(box.current, view, {
      titled: setTitle,
      opened: (event) => setTarget({ kind: 'open', event }),
      chosen: (start, end) => setTarget({ kind: 'new', start, end }),
      moved: move,
    });
    grid.current = made;
    return () => made.destroy();
  }, [zone]);
  useEffect(() => grid.current?.show({ folders, hidden }), [folders, hidden, zone]);
  useEffect(() => {
    // A grid that was just made has asked by itself.
    if (asked.current !== changes) grid.current?.reload().catch(tellFault);
    asked.current = changes;
  }, [changes]);

  useEffect(() => {
    if (found?.component !== 'VEVENT') return;
    opening.set(null);
    if (found.start !== null) grid.current?.goTo(found.start);
    setTarget({ kind: 'open', event: found });
  }, [found]);

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
      {target === null ? null : (
        <EventEditor
          target={target}
          session={session}
          close={() => setTarget((now) => (now === target ? null : now))}
        />
      )}
      {moved === null ? null : <ScopeDialog title={t('moveSeries')} choose={choose} close={endAsking} />}
      {conflict === null ? null : <ConflictDialog conflict={conflict} close={endConflict} />}
    </div>
  );
}
