import { useRef, useState } from 'preact/hooks';
import { changeObject, readObject, type Scope } from '../api/objects.js';
import { OwnTags } from '../api/own-tags.js';
import { Refused } from '../api/request.js';
import { contentChanged, tell, tellFault } from '../state/stores.js';
import { t } from '../text/t.js';
import type { Conflict } from './conflict-dialog.js';
import type { Moved } from './grid.js';
import { movedTimes } from './moved-times.js';
import { titleOf } from './title-of.js';

interface Moving {
  /** One of a series, of which it is not known yet which occurrences are meant. */
  readonly asked: Moved | null;
  readonly conflict: Conflict | null;
  readonly move: (moved: Moved) => void;
  readonly choose: (scope: Scope) => void;
  readonly endAsking: (isChosen: boolean) => void;
  readonly endConflict: () => void;
}

/** Carries out what is dragged. @param zone of the grid */
export function useMoving(zone: string): Moving {
  const [asked, setAsked] = useState<Moved | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const tags = useRef(new OwnTags());
  const turn = useRef(Promise.resolve());
  const carryOut = async (moved: Moved, scope: Scope): Promise<void> => {
    const event = tags.current.latest(moved.event);
    const which = { recurrenceId: event.recurrenceId, scope };
    try {
      const before = await readObject(event, event.recurrenceId);
      const mine = movedTimes(before, moved, zone);
      const { at, undo } = await changeObject(event, mine, which).catch((fault: unknown) => {
        if (fault instanceof Refused && fault.status === 412) setConflict({ ref: event, which, mine, before });
        throw fault;
      });
      tags.current.made(event, at);
      tell({ text: t('moved', { title: titleOf(event) }), undo });
    } catch (fault) {
      moved.revert();
      if (!(fault instanceof Refused && fault.status === 412)) tellFault(fault);
    }
    contentChanged();
  };
  /** One after the other: the second drag of something begins with what the first one has made of it. */
  const inTurn = (moved: Moved, scope: Scope): void => {
    turn.current = turn.current.then(() => carryOut(moved, scope));
  };
  return {
    asked,
    conflict,
    move: (moved) => (moved.event.recurrenceId === null ? inTurn(moved, 'all') : setAsked(moved)),
    choose: (scope) => asked !== null && inTurn(asked, scope),
    endAsking: (isChosen) => {
      if (!isChosen) asked?.revert();
      setAsked(null);
    },
    endConflict: () => setConflict(null),
  };
}
