import type { Profile, ReminderMemory, RuleChange } from '@almanac/contracts';
import { type CalendarTree, type Component, recurrenceKey, rewriteParts } from '@almanac/icalendar';

/** A row of the requirements that alters calendar data when it is put. */
export type RuleId =
  | ('R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R7')
  | 'A4'
  | ('P1' | 'P2')
  | ('V2' | 'V3' | 'V4')
  | ('T1' | 'T3' | 'T4' | 'T5');

/** Calendar data on its way through the rules. */
export interface Draft extends CalendarTree {
  readonly memory: ReminderMemory | null;
  readonly changes: readonly RuleChange[];
}

export interface ProfileRule {
  readonly row: RuleId;
  readonly profiles: readonly Profile[];
  /** The rule for people who run the service. */
  readonly words: string;
  /** Gives the very same draft when it has nothing to alter, and then says nothing. */
  readonly apply: (draft: Draft) => Draft;
}

export const groupwareOnly: readonly Profile[] = ['groupware'];
export const standardOnly: readonly Profile[] = ['standard'];
export const bothProfiles: readonly Profile[] = ['groupware', 'standard'];

type Say = (words: string) => void;

/** Rewrites the VEVENTs, VTODOs and VJOURNALs one by one; what `say` is told becomes a change of that component. */
export function rewriteEach(draft: Draft, row: RuleId, rewrite: (part: Component, say: Say) => Component): Draft {
  const changes: RuleChange[] = [];
  const root = rewriteParts(draft.root, (part) =>
    rewrite(part, (said) =>
      changes.push({ row, said, component: part.name, recurrenceId: recurrenceKey(part, draft) }),
    ),
  );
  return root === draft.root ? draft : { ...draft, root, changes: [...draft.changes, ...changes] };
}

/** The draft with another root, and a change of the object as a whole. */
export function rewriteWhole(draft: Draft, root: Component, change: Omit<RuleChange, 'recurrenceId'>): Draft {
  return root === draft.root
    ? draft
    : { ...draft, root, changes: [...draft.changes, { ...change, recurrenceId: null }] };
}

/** What a component is called to a person. */
export function nounOf({ name }: Component): string {
  return name === 'VTODO' ? 'task' : name === 'VJOURNAL' ? 'journal entry' : 'appointment';
}
