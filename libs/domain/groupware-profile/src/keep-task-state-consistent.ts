import {
  type Component,
  keepProperties,
  newProperty,
  propertyOf,
  putProperty,
  readCalendarItem,
  type ZoneLookup,
} from '@almanac/icalendar';
import { groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/**
 * Row T5. STATUS decides where it is given; otherwise COMPLETED or 100 % make the task done. When it was done, if the
 * client does not say so, is when it was last modified: a rule has no clock. In `standard` P3 has every octet back.
 */
export const keepTaskStateConsistent: ProfileRule = {
  row: 'T5',
  profiles: groupwareOnly,
  words:
    'STATUS, PERCENT-COMPLETE and COMPLETED of a task agree: what is done has 100 % and a time, what is not done has neither. ' +
    'A start after the due date is dropped.',
  apply: (draft) =>
    rewriteEach(draft, 'T5', (part, say) => {
      if (part.name !== 'VTODO') return part;
      const settled = isDone(part) ? asDone(part) : asOpen(part);
      if (settled !== part)
        say(`The task is ${isDone(part) ? 'done' : 'not done'}: status and progress were made to agree.`);
      const ordered = withoutLateStart(settled, draft.zones);
      if (ordered !== settled) say('The start was left out: it lies after the due date.');
      return ordered;
    }),
};

function isDone(task: Component): boolean {
  const status = valueOf(task, 'STATUS');
  if (status !== undefined) return status === 'COMPLETED';
  return propertyOf(task, 'COMPLETED') !== undefined || isFull(task);
}

function asDone(task: Component): Component {
  let done = task;
  if (valueOf(done, 'STATUS') !== 'COMPLETED') done = putProperty(done, newProperty('STATUS', 'COMPLETED'));
  if (!isFull(done)) done = putProperty(done, newProperty('PERCENT-COMPLETE', '100'));
  const time = propertyOf(task, 'LAST-MODIFIED') ?? propertyOf(task, 'DTSTAMP');
  if (propertyOf(done, 'COMPLETED') !== undefined || time === undefined) return done;
  return putProperty(done, newProperty('COMPLETED', time.value.trim()));
}

/** Cancelled tasks stay as they are: they may have been done before. */
function asOpen(task: Component): Component {
  const status = valueOf(task, 'STATUS');
  if (status !== 'NEEDS-ACTION' && status !== 'IN-PROCESS') return task;
  const open = keepProperties(task, ({ name }) => name !== 'COMPLETED');
  if (!isFull(open)) return open;
  if (status === 'NEEDS-ACTION') return putProperty(open, newProperty('PERCENT-COMPLETE', '0'));
  return keepProperties(open, ({ name }) => name !== 'PERCENT-COMPLETE');
}

/** Comparable times in this order are refused at the door; left are those of two kinds, compared by the wall. */
function withoutLateStart(task: Component, zones: ZoneLookup): Component {
  const { start, end } = readCalendarItem(task, zones);
  if (start === null || end === null) return task;
  const dayOnly = start.kind === 'date' || end.kind === 'date';
  const isLate = dayOnly ? dayOf(start.wall) > dayOf(end.wall) : start.wall > end.wall && start.zone === end.zone;
  return isLate ? keepProperties(task, ({ name }) => name !== 'DTSTART') : task;
}

const dayOf = (wall: number): number => Math.floor(wall / 86_400);
const isFull = (task: Component): boolean => Number(valueOf(task, 'PERCENT-COMPLETE')) === 100;

function valueOf(task: Component, name: string): string | undefined {
  const value = propertyOf(task, name)?.value.trim().toUpperCase();
  return value === '' ? undefined : value;
}
