import {
  alarmComponents,
  type Component,
  formatInstant,
  keepComponents,
  latestOf,
  mozillaAckOf,
  mozillaSnoozesOf,
  objectParts,
  withoutMozillaMarks,
} from '@almanac/icalendar';
import { partsByInstance } from './parts-by-instance.js';
import { type Draft, groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';
import { firstShown, moveReminder } from './shown-reminder.js';

/**
 * Row R4, for tasks as well, or a dismissed reminder of a task would come again with each sync. A snooze that is not
 * later than the dismissal is over: Thunderbird leaves those of other instances standing.
 */
export const actOnDismissal: ProfileRule = {
  row: 'R4',
  profiles: groupwareOnly,
  words:
    'Dismissing a reminder in Thunderbird removes it from the whole series; putting it off moves it to the time chosen. ' +
    'Dismissals that were acted on before, which Thunderbird sends again, count for nothing. Its marks are not given back.',
  apply: (draft) => {
    const newest = latestOf(objectParts(draft.root).map(mozillaAckOf));
    if (newest === null || newest <= (draft.memory?.lastAck ?? -Infinity)) return forgetMarks(draft);
    const moves = movesAfter(newest, draft);
    const snoozedTo = [...new Set(moves.values())].sort((a, b) => a - b);
    const acted = rewriteEach(draft, 'R4', (part, say) => act(part, moves, say));
    return { ...acted, memory: { lastAck: newest, ...(snoozedTo.length === 0 ? {} : { snoozedTo }) } };
  },
};

function forgetMarks(draft: Draft): Draft {
  return rewriteEach(draft, 'R4', (part, say) => {
    const clean = withoutMozillaMarks(part);
    if (clean !== part) say('An earlier dismissal, which Thunderbird sent once more, was left out.');
    return clean;
  });
}

function act(part: Component, moves: ReadonlyMap<Component, number>, say: (words: string) => void): Component {
  const clean = withoutMozillaMarks(part);
  const time = moves.get(part);
  const acted = moves.size === 0 ? keepComponents(clean, ({ name }) => name !== 'VALARM') : clean;
  const moved = time === undefined ? acted : moveReminder(acted, time);
  if (time !== undefined) say(`The reminder was moved to ${formatInstant(time)}, to which Thunderbird put it off.`);
  else if (acted !== clean) say('The reminder was dismissed in Thunderbird and removed, in a series from all of it.');
  else if (clean !== part) say("Thunderbird's mark of the dismissal was left out.");
  return moved;
}

/** Which component's reminder moves to when; an instance with an override of its own moves alone. */
function movesAfter(dismissed: number, draft: Draft): ReadonlyMap<Component, number> {
  const moves = new Map<Component, number>();
  const instances = partsByInstance(draft);
  for (const part of objectParts(draft.root)) {
    for (const { occurrence, time } of mozillaSnoozesOf(part)) {
      const target = (occurrence === null ? undefined : instances.get(occurrence)) ?? part;
      if (time <= dismissed || firstShown(alarmComponents(target)) === undefined) continue;
      moves.set(target, Math.min(time, moves.get(target) ?? Infinity));
    }
  }
  return moves;
}
