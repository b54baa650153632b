import { alarmComponents, keepProperties, rewriteAlarms } from './calendar-tree.js';
import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { latestOf, latestStamp, readStamp } from './stamp.js';

/** Thunderbird's snooze of a reminder; `occurrence` tells the instance (see `recurrenceIdentity`), null for a single one. */
export interface MozillaSnooze {
  readonly name: string;
  readonly occurrence: number | null;
  /** UTC seconds. */
  readonly time: number;
}

export const mozillaAck = 'X-MOZ-LASTACK';
export const mozillaSnooze = 'X-MOZ-SNOOZE-TIME';
/** Thunderbird puts the microseconds of the instance behind the name, on the master. */
const SNOOZE = /^X-MOZ-SNOOZE-TIME(?:-(-?\d{1,17}))?$/;

/** True for what Thunderbird writes when a reminder is dismissed or put off. */
export function isMozillaMark({ name }: ContentLine): boolean {
  return name === mozillaAck || SNOOZE.test(name);
}

/** The newest X-MOZ-LASTACK of a component and its VALARMs, UTC seconds. */
export function mozillaAckOf(component: Component): number | null {
  return latestOf([component, ...alarmComponents(component)].map((holder) => latestStamp(holder, mozillaAck)));
}

/** The snoozes that stand in a component and its VALARMs. */
export function mozillaSnoozesOf(component: Component): readonly MozillaSnooze[] {
  return [component, ...alarmComponents(component)].flatMap(({ properties }) => properties.flatMap(readSnooze));
}

/** The component without any of these marks; the very same one where there are none. */
export function withoutMozillaMarks(component: Component): Component {
  const isKept = (property: ContentLine) => !isMozillaMark(property);
  return rewriteAlarms(keepProperties(component, isKept), (alarm) => keepProperties(alarm, isKept));
}

/** The name of the property that snoozes an instance. */
export function mozillaSnoozeName(occurrence: number | null): string {
  return occurrence === null ? mozillaSnooze : `${mozillaSnooze}-${BigInt(occurrence) * 1_000_000n}`;
}

function readSnooze({ name, value }: ContentLine): readonly MozillaSnooze[] {
  const found = SNOOZE.exec(name);
  const time = found === null ? null : readStamp(value);
  if (found === null || time === null) return [];
  return [{ name, occurrence: found[1] === undefined ? null : Math.round(Number(found[1]) / 1e6), time }];
}
