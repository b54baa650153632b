import type { ContentLine } from '@almanac/icalendar';
import { dueOfDuration } from './due-of-duration.js';
import { keepKnownParts, lossesOf } from './keep-known-parts.js';
import { assignmentOfTask, keptOfTask, recurrenceOfTask } from './kept-properties.js';
import { groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row T3. The end that a DURATION gives is kept as DUE, for the task would lose its date otherwise. */
export const discardUnknownTaskProperties: ProfileRule = {
  row: 'T3',
  profiles: groupwareOnly,
  words:
    'A task keeps start, due date, categories, title, priority, text, reminder, status and progress; the rest is discarded. ' +
    'CLASS stays where it is not PUBLIC: without it others would see a private task.',
  apply: (draft) =>
    rewriteEach(draft, 'T3', (part, say) => {
      if (part.name !== 'VTODO') return part;
      const lost: string[] = [];
      const dated = dueOfDuration(part, draft.zones);
      if (dated !== part) say('The duration was turned into a due date.');
      const known = keepKnownParts(dated, isKept, (name) => lost.push(name));
      if (known !== dated) say(lossesOf(lost));
      return known;
    }),
};

function isKept({ name, value }: ContentLine): boolean {
  if (name === 'CLASS') return !['', 'PUBLIC'].includes(value.trim().toUpperCase());
  return keptOfTask.has(name) || assignmentOfTask.has(name) || recurrenceOfTask.has(name);
}
