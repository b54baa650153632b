import type { CalendarObject } from './calendar-object.js';
import type { CalendarItem } from './calendar-item.js';
import { DAY } from './civil-date.js';
import { type Instance, instancesWithin, type InstantWindow } from './instances.js';
import type { Series } from './series.js';
import type { Zone } from './zone.js';

/** A question about the instances that one component of an object describes. */
export interface InstanceQuestion {
  readonly object: CalendarObject;
  readonly item: CalendarItem;
  readonly window: InstantWindow;
  readonly observer: Zone;
}

/** The first stretch that is searched, and by how much each next one is longer. */
const FIRST_STRETCH = 400 * DAY;
const GROWTH = 4;
const LAST_INSTANT = 253_402_300_799;
const FIRST_INSTANT = -62_135_596_800;

/** True where an instance that touches the window passes; open windows are searched in growing stretches. */
export function someInstance(question: InstanceQuestion, passes: (instance: Instance) => boolean): boolean {
  const { object, item, observer } = question;
  const isOwn = (instance: Instance) => instance.item === item && passes(instance);
  const { series } = object;
  if (item !== series.master && !item.thisAndFuture) {
    return instancesWithin({ ...series, master: null, overrides: [item] }, question.window, observer).some(isOwn);
  }
  for (const window of stretches(boundedWindow(question))) {
    if (instancesWithin(series, window, observer).some(isOwn)) return true;
  }
  return false;
}

/** Cuts a window to where the component can have instances at all. */
function boundedWindow({ object, item, window }: InstanceQuestion): InstantWindow {
  const { start, end } = object.facts;
  const until = untilNextFuture(object.series, item);
  return {
    from: Math.max(window.from, start === null ? FIRST_INSTANT : start - DAY),
    to: Math.min(window.to, end === null ? LAST_INSTANT : end + DAY, until),
  };
}

/** A component describes no instance from the next THISANDFUTURE override on, so an endless search would be vain. */
function untilNextFuture({ futures }: Series, item: CalendarItem): number {
  const own = futures.findIndex((future) => future.item === item);
  const next = futures[own + 1];
  return next === undefined ? Infinity : next.identity + 400 * DAY;
}

function* stretches({ from, to }: InstantWindow): Generator<InstantWindow> {
  let at = from;
  for (let length = FIRST_STRETCH; at <= to; length *= GROWTH) {
    const end = Math.min(at + length, to);
    yield { from: at, to: end };
    at = end + 1;
  }
}
