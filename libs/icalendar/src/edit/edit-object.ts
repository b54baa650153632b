import { newOverride } from '../attachments/new-override.js';
import { instanceNamed } from '../attachments/target-instances.js';
import { faultOf, refuse, type CalendarFault } from '../calendar-fault.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import type { CalendarTime } from '../calendar-time.js';
import { readCalendarTree, rewriteParts } from '../calendar-tree.js';
import { isCalendarFault } from '../calendar-fault.js';
import { type Component, propertiesOf, propertyOf } from '../component-tree.js';
import { type Instance, isRecurring } from '../instances.js';
import { writeComponent } from '../write-component.js';
import { changeComponent, type ObjectChanges, stamped } from './change-component.js';
import { readEdited, writeTime } from './edited-time.js';
import { moveSeries } from './move-series.js';
import { earlierPart, laterPart } from './split-series.js';
import { withTimezones } from './timezone-component.js';

/** Which part of a series is meant, beginning with the instance that is looked at. */
export type EditScope = 'this' | 'future' | 'all';

export interface EditTarget {
  readonly object: CalendarObject;
  /** As `ShownInstance` names it; null for what does not recur. */
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

/** Changes an appointment or a task, and leaves all else of the object as it is. */
export function editObject(target: EditTarget, changes: ObjectChanges): EditedObject | CalendarFault {
  return faultOf(() => {
    const { object, now } = target;
    const found = foundIn(target);
    if (found === null) return whole(changeAll(object, null, changes, now), changes);
    if (target.scope === 'all') return whole(changeAll(object, found.name, changes, now), changes);
    if (target.scope === 'future' && !isFirst(object, found.name)) return changeFuture(target, found.name, changes);
    if (target.scope === 'future') return whole(changeAll(object, found.name, changes, now), changes);
    return whole(
      changeOne(object, found, (part) => changeComponent(part, withoutRule(changes), now)),
      changes,
    );
  });
}

/** Takes instances out of a series. */
export function removeInstances(target: EditTarget): EditedObject | CalendarFault {
  return faultOf(() => {
    const { object, now, scope } = target;
    const found = foundIn(target);
    if (found === null || scope === 'all' || (scope === 'future' && isFirst(object, found.name))) {
      return { text: null, later: null };
    }
    if (scope === 'future') return { text: writeComponent(earlierPart(splitAt(object, found.name))), later: null };
    const master = propertyOf((object.series.master as CalendarItem).component, 'DTSTART');
    const excluded = writeTime('EXDATE', found.name, master);
    const root = rewriteParts(object.root, (part) => {
      if (part === found.item?.component) return null;
      const isMaster = part === object.series.master?.component;
      return isMaster ? stamped({ ...part, properties: [...part.properties, excluded] }, now) : part;
    });
    return { text: writeComponent(root), later: null };
  });
}

interface Found {
  /** The time that the series knows the instance by, on the series' clock. */
  readonly name: CalendarTime;
  /** An override that is there, or null and then the instance as the series has it. */
  readonly item: CalendarItem | null;
  readonly instance: Instance | null;
}

function foundIn({ object, recurrenceId }: EditTarget): Found | null {
  if (recurrenceId === null || !isRecurring(object.series)) return null;
  const found = instanceNamed(object, recurrenceId);
  if (found === null) refuse('This occurrence is not there any more.');
  const time = found.recurrenceId as CalendarTime;
  const anchor = object.series.master === null ? null : anchorOf(object.series.master);
  const name = anchor === null || anchor.zone === null || time.zone === null ? time : onClock(time, anchor);
  return 'item' in found ? { name, item: null, instance: found } : { name, item: found, instance: null };
}

const onClock = (time: CalendarTime, { kind, zone }: CalendarTime): CalendarTime =>
  time.zone === null || zone === null ? time : { kind, wall: zone.toLocal(time.zone.toInstant(time.wall)), zone };

const isFirst = ({ series }: CalendarObject, name: CalendarTime): boolean =>
  series.master === null || (anchorOf(series.master) as CalendarTime).wall === name.wall;

const withoutRule = ({ rule: _rule, ...changes }: ObjectChanges): ObjectChanges => changes;

function changeOne(object: CalendarObject, found: Found, change: (part: Component) => Component): Component {
  const { item, instance } = found;
  if (item !== null) return rewriteParts(object.root, (part) => (part === item.component ? change(part) : part));
  const made = newOverride(instance as Instance, propertiesOf((instance as Instance).item.component, 'ATTACH'));
  return { ...object.root, components: [...object.root.components, change(made)] };
}

/** @param name the instance that the times of the changes are of; null: the series itself */
function changeAll(object: CalendarObject, name: CalendarTime | null, changes: ObjectChanges, now: number): Component {
  const master = object.series.master ?? object.series.overrides[0];
  if (master === undefined) return object.root;
  const anchor = anchorOf(master);
  const { start, end } = changes;
  if (name === null || start == null || anchor === null) {
    return rewriteParts(object.root, (part) =>
      part === master.component ? changeComponent(part, changes, now) : part,
    );
  }
  // An instance was moved: the series goes as far.
  const wanted = readEdited(start);
  const by = anchor.wall - name.wall;
  const to = { ...wanted, wall: wanted.wall + by };
  const moved = moveSeries({ root: object.root, zones: object.zones }, { from: anchor, to });
  const times = end == null ? {} : { DTEND: { ...readEdited(end), wall: readEdited(end).wall + by } };
  const rest = { ...changes };
  delete (rest as { start?: unknown }).start;
  delete (rest as { end?: unknown }).end;
  return rewriteParts(moved, (part) => {
    if (propertyOf(part, 'RECURRENCE-ID') !== undefined) return part;
    const changed = changeComponent(part, rest, now);
    const properties = changed.properties
      .filter(({ name: each }) => each !== 'DURATION' || end == null)
      .filter(({ name: each }) => each !== 'DTSTART' && (each !== 'DTEND' || end == null));
    const written = [writeTime('DTSTART', to), ...Object.entries(times).map(([key, time]) => writeTime(key, time))];
    return { ...changed, properties: [...written, ...properties] };
  });
}

const splitAt = (object: CalendarObject, at: CalendarTime) => ({
  tree: { root: object.root, zones: object.zones },
  master: object.series.master as CalendarItem,
  at,
});

function changeFuture(target: EditTarget, at: CalendarTime, changes: ObjectChanges): EditedObject {
  const { object, now, newUid } = target;
  const split = splitAt(object, at);
  const later = readCalendarTree(writeComponent(laterPart(split, newUid)));
  if (isCalendarFault(later)) refuse(later.reason);
  const { start } = changes;
  const to = start == null ? at : readEdited(start);
  const moved = moveSeries(later, { from: at, to });
  const root = rewriteParts(moved, (part) =>
    propertyOf(part, 'RECURRENCE-ID') === undefined ? changeComponent(part, changes, now) : part,
  );
  const { text } = whole(root, changes);
  return { text: writeComponent(earlierPart(split)), later: text };
}

/** With the VTIMEZONEs of zones that came with the changes. */
function whole(root: Component, { start, end }: ObjectChanges): EditedObject {
  const times = [start, end].filter((time) => time != null && time.zone !== null && time.local.length > 10);
  const ids = new Set(times.map((time) => time?.zone ?? '').filter((id) => id !== 'UTC'));
  const first = times[0] == null ? 0 : readEdited(times[0]).wall;
  return { text: writeComponent(withTimezones(root, ids, first)), later: null };
}
