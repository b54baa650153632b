import { type CalendarFault, faultOf, isCalendarFault, refuse } from '../calendar-fault.js';
import { anchorOf, type CalendarItem, readCalendarItem } from '../calendar-item.js';
import { type CalendarObject, readCalendarObject } from '../calendar-object.js';
import { masterOf, readCalendarTree, rewriteParts } from '../calendar-tree.js';
import type { Component } from '../component-tree.js';
import type { Instance } from '../instances.js';
import { writeComponent } from '../write-component.js';
import {
  changeComponent,
  type ChangedTimes,
  type ObjectChanges,
  readChanges,
  type ReadChanges,
} from './change-component.js';
import { changeRelative, changeSeries, withoutSameRule } from './change-series.js';
import { findInstance, type FoundInstance, isBefore, isFirst } from './find-instance.js';
import { earlierPart, laterPart } from './split-series.js';
import { timesSeen, withStartOfTask } from './start-of-task.js';
import { alone, continuedAt, ownOverride, takenOn, withPart } from './taken-on.js';
import { withTimezones } from './timezone-component.js';

/** Which part of a series is meant, beginning with the instance that is looked at. */
export type EditScope = 'this' | 'future' | 'all';

export interface EditTarget {
  readonly object: CalendarObject;
  /** As `ShownInstance` names it; null for what does not recur, or the series itself. */
  readonly recurrenceId: string | null;
  readonly scope: EditScope;
  /** UTC seconds. */
  readonly now: number;
  /** Of the object that the later part of a series becomes. */
  readonly newUid: string;
}

/** The object afterwards, null where nothing of it is left, and what a series was split into. */
export interface EditedObject {
  readonly text: string | null;
  readonly later: string | null;
}

/**
 * Changes an appointment or a task, and leaves all else of the object as it is. Times are changed relative to those of the
 * instance that was looked at; an override that was looked at is changed itself, too.
 */
export function editObject(asked: EditTarget, details: ObjectChanges): EditedObject | CalendarFault {
  return faultOf(() => {
    const target = continued(asked);
    const { object, recurrenceId, scope, now } = target;
    const read = readChanges(details, object);
    const found = findInstance(object, recurrenceId);
    const { master } = object.series;
    const changes = object.component === 'VTODO' ? withStartOfTask(read, timesSeen(found, master)) : read;
    if (found !== null && (master === null || scope === 'this')) {
      const change = { changes: withoutRule(changes), now };
      const root = scope === 'this' ? changeOne(object, found, change) : changeOverrides(target, found, change);
      return { text: written(root, changes), later: null };
    }
    if (master === null) refuse('The object has nothing to change.');
    if (found !== null && scope === 'future' && !isFirst(object, found)) return changeFuture(target, found, changes);
    const series = { root: withSeen(object, found, { changes, now }), zones: object.zones, master };
    const looked = { name: found?.name ?? null, seen: found?.seen ?? null };
    return { text: written(changeSeries({ ...series, ...looked }, changes, now), changes), later: null };
  });
}

/**
 * What an override for this and the future (RFC 5545 3.2.13) says of the occurrence that is looked at is changed from there on:
 * an override of its own says it.
 */
function continued(target: EditTarget): EditTarget {
  const { object, recurrenceId, scope } = target;
  const found = scope === 'this' || object.series.futures.length === 0 ? null : findInstance(object, recurrenceId);
  if (found === null || (scope === 'all' && found.item !== null)) return target;
  const part = continuedAt(object.series, found.name);
  if (part === null) return target;
  const whole = readCalendarObject(writeComponent(withPart(object.root, part)));
  return isCalendarFault(whole) ? refuse(whole.reason) : { ...target, object: whole };
}

interface Change {
  readonly changes: ReadChanges;
  /** UTC seconds. */
  readonly now: number;
}

const withoutRule = ({ rule: _rule, ...changes }: ReadChanges): ReadChanges => changes;

function changeOne({ root, series }: CalendarObject, found: FoundInstance, { changes, now }: Change): Component {
  const { item, instance } = found;
  if (item === null) return withPart(root, changeComponent(ownOverride(series, instance as Instance), changes, now));
  const next = takenOn(series, item, now);
  const changed = rewriteParts(root, (part) =>
    part === item.component ? changeComponent(series.master === null ? part : alone(part), changes, now) : part,
  );
  return next === null ? changed : withPart(changed, next);
}

/** The override that was looked at, if it is one, becomes what people made of it. */
const withSeen = ({ root }: CalendarObject, found: FoundInstance | null, { changes, now }: Change): Component =>
  found === null || found.item === null
    ? root
    : rewriteParts(root, (part) =>
        part === found.item?.component ? changeComponent(part, withoutRule(changes), now) : part,
      );

/** All that there is of a series whose own component is elsewhere; what names its occurrences there stays. */
function changeOverrides({ object, scope }: EditTarget, { name, seen }: FoundInstance, change: Change): Component {
  const changed = new Map(
    object.series.overrides
      .filter((item) => scope === 'all' || !isBefore(item, name))
      .map((item) => [item.component, item]),
  );
  return rewriteParts(object.root, (part) => {
    const item = changed.get(part);
    if (item === undefined) return part;
    if (seen === null || anchorOf(item) === null) return changeComponent(part, change.changes, change.now);
    return changeRelative(part, { item, seen }, change);
  });
}

function changeFuture(target: EditTarget, found: FoundInstance, changes: ReadChanges): EditedObject {
  const { object, now, newUid } = target;
  const { zones } = object;
  const at = { master: object.series.master as CalendarItem, at: found.name };
  const root = withSeen(object, found, { changes, now });
  const later = readCalendarTree(writeComponent(laterPart({ tree: { root, zones }, ...at }, newUid)));
  if (isCalendarFault(later)) refuse(later.reason);
  const master = readCalendarItem(masterOf(later.root) as Component, later.zones);
  const wanted = withoutSameRule(changes, at.master);
  const changed = changeSeries({ ...later, ...{ master, name: found.name, seen: found.seen } }, wanted, now);
  return { text: writeComponent(earlierPart({ tree: object, ...at }, now)), later: written(changed, changes) };
}

/** As text, with the VTIMEZONEs of zones that came with the changes. */
const written = (root: Component, times: ChangedTimes): string => writeComponent(withTimezones(root, times));
