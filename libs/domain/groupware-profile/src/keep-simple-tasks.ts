import { type Component, isOverride, keepProperties, masterOf, objectParts } from '@almanac/icalendar';
import { assignmentOfTask, recurrenceOfTask } from './kept-properties.js';
import { type Draft, groupwareOnly, type ProfileRule, rewriteEach, rewriteWhole } from './profile-rule.js';

/** Row T1. Of a series the master stays; where only exceptions were sent, the first of them becomes the task. */
export const keepSimpleTasks: ProfileRule = {
  row: 'T1',
  profiles: groupwareOnly,
  words: 'Tasks are simple: participants and recurrence are not kept.',
  apply: (draft) => rewriteEach(withoutExceptions(draft), 'T1', simplified),
};

function withoutExceptions(draft: Draft): Draft {
  const kept = masterOf(draft.root) ?? objectParts(draft.root)[0];
  const components = draft.root.components.filter(
    (part) => part.name !== 'VTODO' || part === kept || !isOverride(part),
  );
  if (components.length === draft.root.components.length) return draft;
  const said = 'The exceptions of the series were left out: tasks do not repeat.';
  return rewriteWhole(draft, { ...draft.root, components }, { row: 'T1', said, component: 'VTODO' });
}

function simplified(part: Component, say: (words: string) => void): Component {
  if (part.name !== 'VTODO') return part;
  const alone = keepProperties(part, ({ name }) => !assignmentOfTask.has(name));
  if (alone !== part) say('The participants were left out: tasks have none.');
  const single = keepProperties(alone, ({ name }) => !recurrenceOfTask.has(name));
  if (single !== alone) say('The recurrence was left out: tasks do not repeat.');
  return single;
}
