import { faultOf, isCalendarFault, refuse } from '../calendar-fault.js';
import { alarmComponents, keepComponents } from '../calendar-tree.js';
import { type Component, propertyOf } from '../component-tree.js';
import { parameterOf } from '../content-line.js';
import { nominalSeconds, readDuration } from '../duration.js';
import { newProperty } from '../new-property.js';
import { withParameters } from '../write-property.js';

/**
 * What reminders are told in minutes before: the start; of a task when it is due, `due` where it has no start either, so that
 * nothing else can be meant; null where there is no time at all.
 */
type Anchor = 'start' | 'end' | 'due' | null;

function anchorFor(component: Component): Anchor {
  if (component.name !== 'VTODO') return 'start';
  const hasStart = propertyOf(component, 'DTSTART') !== undefined;
  const hasEnd = ['DUE', 'DURATION'].some((name) => propertyOf(component, name) !== undefined);
  if (hasEnd) return hasStart ? 'end' : 'due';
  return hasStart ? 'start' : null;
}

/** Whether there is a time that they can come before. */
export const mayRemind = (component: Component): boolean => anchorFor(component) !== null;

/** Those that can be told in minutes before, as such. */
export function remindersOf(component: Component): readonly number[] {
  const anchor = anchorFor(component);
  return alarmComponents(component).flatMap((alarm) => minutesBefore(alarm, anchor) ?? []);
}

/** Null for any other, which editing leaves as it is. */
function minutesBefore(alarm: Component, anchor: Anchor): number | null {
  const trigger = propertyOf(alarm, 'TRIGGER');
  const action = propertyOf(alarm, 'ACTION')?.value.trim().toUpperCase();
  if (trigger === undefined || action !== 'DISPLAY' || propertyOf(alarm, 'REPEAT') !== undefined) return null;
  if (parameterOf(trigger, 'VALUE') !== undefined && /^\d/.test(trigger.value)) return null;
  const duration = faultOf(() => readDuration(trigger.value, trigger.line));
  if (isCalendarFault(duration)) return null;
  const related = parameterOf(trigger, 'RELATED')?.toUpperCase() === 'END' ? 'end' : 'start';
  if (anchor !== related && anchor !== 'due') return null;
  const seconds = nominalSeconds(duration);
  return seconds > 0 || seconds % 60 !== 0 ? null : -seconds / 60 || 0;
}

/**
 * The component with these reminders in place of those that can be told in minutes. Without any named, those of a task whose
 * times come or go stay as many minutes before what is left.
 * @param before the component as it was
 * @param reminders minutes
 */
export function withReminders(
  component: Component,
  before: Component,
  reminders: readonly number[] | undefined,
): Component {
  const [from, to] = [anchorFor(before), anchorFor(component)];
  if (reminders === undefined && from === to) return component;
  if (to === null && reminders !== undefined && reminders.length > 0) {
    refuse('Give the task a start, or a time when it is due: a reminder comes before that.');
  }
  const wanted = to === null ? [] : [...new Set(reminders ?? remindersOf(before))];
  const isShown = (inner: Component) => inner.name === 'VALARM' && minutesBefore(inner, from) !== null;
  const shown = from === to ? component.components.filter(isShown) : [];
  const known = shown.filter((alarm) => wanted.includes(minutesBefore(alarm, from) ?? -1));
  const added = wanted.filter((minutes) => !known.some((alarm) => minutesBefore(alarm, from) === minutes));
  const others = keepComponents(component, (inner) => !isShown(inner));
  return { ...others, components: [...others.components, ...known, ...added.map((minutes) => reminder(minutes, to))] };
}

function reminder(minutes: number, anchor: Anchor): Component {
  const trigger = newProperty('TRIGGER', minutes === 0 ? 'PT0S' : `-PT${minutes}M`);
  const fromEnd = withParameters(trigger, [{ name: 'RELATED', values: ['END'] }]);
  return {
    ...{ name: 'VALARM', line: 0, components: [] },
    properties: [
      newProperty('ACTION', 'DISPLAY'),
      newProperty('DESCRIPTION', 'Reminder'),
      anchor === 'start' ? trigger : fromEnd,
    ],
  };
}
