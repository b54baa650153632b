import { type CalendarFault, faultOf, isCalendarFault } from '../calendar-fault.js';
import { type CalendarObject, readCalendarObject } from '../calendar-object.js';
import { rewriteParts } from '../calendar-tree.js';
import { propertyOf } from '../component-tree.js';
import { instancesWithin } from '../instances.js';
import { writeComponent } from '../write-component.js';
import { stamped } from './change-component.js';
import type { EditedObject, EditTarget } from './edit-object.js';
import { writeTime } from './edited-time.js';
import { findInstance, type FoundInstance, isBefore, isFirst } from './find-instance.js';
import { earlierPart } from './split-series.js';
import { takenOn, withPart } from './taken-on.js';
import { utc } from '../zone.js';

const nothing: EditedObject = { text: null, later: null };

/** Takes instances out of a series; of an object without its series, the occurrences that it has. */
export function removeInstances({ object, recurrenceId, scope, now }: EditTarget): EditedObject | CalendarFault {
  return faultOf(() => {
    const found = findInstance(object, recurrenceId);
    if (found === null || scope === 'all' || (scope === 'future' && isFirst(object, found))) return nothing;
    if (object.series.master === null) return removeOverrides(object, found, scope);
    if (scope === 'this') return excludeOne(object, found, now);
    const split = { tree: object, master: object.series.master, at: found.name };
    return { text: writeComponent(earlierPart(split, now)), later: null };
  });
}

function excludeOne({ root, series }: CalendarObject, { name, item }: FoundInstance, now: number): EditedObject {
  const master = series.master?.component;
  const excluded = writeTime('EXDATE', name, master === undefined ? undefined : propertyOf(master, 'DTSTART'));
  const left = rewriteParts(root, (part) => {
    if (part === item?.component) return null;
    return part === master ? stamped({ ...part, properties: [...part.properties, excluded] }, now) : part;
  });
  const next = item === null ? null : takenOn(series, item, now);
  const text = writeComponent(next === null ? left : withPart(left, next));
  return isEmpty(text) ? nothing : { text, later: null };
}

/** Of what has no end there is always something left. */
function isEmpty(text: string): boolean {
  const object = readCalendarObject(text);
  if (isCalendarFault(object) || object.facts.end === null) return false;
  return instancesWithin(object.series, always, utc).length === 0;
}

const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function removeOverrides(
  { root, series }: CalendarObject,
  found: FoundInstance,
  scope: 'this' | 'future',
): EditedObject {
  const kept = series.overrides.filter((each) => (scope === 'this' ? each !== found.item : isBefore(each, found.name)));
  if (kept.length === 0) return nothing;
  const components = new Set(kept.map(({ component }) => component));
  return { text: writeComponent(rewriteParts(root, (part) => (components.has(part) ? part : null))), later: null };
}
