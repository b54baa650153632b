import { type CalendarFault, faultOf, isCalendarFault } from '../calendar-fault.js';
import { type CalendarObject, readCalendarObject } from '../calendar-object.js';
import type { ZoneLookup } from '../calendar-time.js';
import { type Component, readComponentTree } from '../component-tree.js';
import { writeComponent } from '../write-component.js';
import { zoneLookup } from '../zone-lookup.js';
import { addVersion } from './add-version.js';
import { dropBrokenAlarms } from './drop-broken-alarms.js';
import { dropDurationBesideEnd } from './drop-duration-beside-end.js';
import { dropEmptyValues } from './drop-empty-values.js';
import { dropEndBeforeStart } from './drop-end-before-start.js';
import { dropMethod } from './drop-method.js';
import { dropUnreadableDetails } from './drop-unreadable-details.js';
import { endLikeStart } from './end-like-start.js';
import { followValueType } from './follow-value-type.js';
import { joinBrokenLines } from './join-broken-lines.js';
import { keepFirstOfSingleProperties } from './keep-first-of-single-properties.js';
import { mendDurations } from './mend-durations.js';
import { mendUtcOffsets } from './mend-utc-offsets.js';
import { removeControlCharacters } from './remove-control-characters.js';
import type { TextRepair, TreeRepair } from './repair.js';

/** Calendar data after the repairs, and in words what they did. */
export interface RepairedData {
  readonly text: string;
  readonly repairs: readonly string[];
}

/** In this order: first what must be readable for the next. */
export const textRepairs: readonly TextRepair[] = [removeControlCharacters, joinBrokenLines];
export const treeRepairs: readonly TreeRepair[] = [
  addVersion,
  dropMethod,
  mendUtcOffsets,
  dropEmptyValues,
  dropUnreadableDetails,
  keepFirstOfSingleProperties,
  mendDurations,
  dropBrokenAlarms,
  followValueType,
  dropDurationBesideEnd,
  endLikeStart,
  dropEndBeforeStart,
];

/**
 * Mends the faults that real clients are known for. Only for data that `readCalendarObject` has refused: good data is
 * not touched, and pays nothing. Whether the result reads is for the reader to say.
 */
export function repairCalendarData(text: string): RepairedData {
  const repairs: string[] = [];
  const noted = <T>(said: string, before: T, after: T): T => {
    if (after !== before) repairs.push(said);
    return after;
  };
  const legible = textRepairs.reduce((before, { said, mend }) => noted(said, before, mend(before)), text);
  const root = faultOf(() => readComponentTree(legible));
  if (isCalendarFault(root)) return { text: legible, repairs };
  const mended = treeRepairs.reduce((before, repair) => noted(repair.said, before, applied(repair, before)), root);
  return { text: repairs.length === 0 ? text : writeComponent(mended), repairs };
}

/** An object that reads, at once or when it is repaired; otherwise the fault of what was sent, with its line. */
export function readOrRepair(text: string): (RepairedData & { readonly object: CalendarObject }) | CalendarFault {
  const object = readCalendarObject(text);
  if (!isCalendarFault(object)) return { text, repairs: [], object };
  const repaired = repairCalendarData(text);
  const second = repaired.repairs.length === 0 ? object : readCalendarObject(repaired.text);
  return isCalendarFault(second) ? object : { ...repaired, object: second };
}

/** What cannot be read yet is left to the reader to name; zones are read by those who ask, for one may be the fault. */
function applied({ mend }: TreeRepair, root: Component): Component {
  const zones: ZoneLookup = (...asked) => zoneLookup(root)(...asked);
  const mended = faultOf(() => mend({ root, zones }));
  return isCalendarFault(mended) ? root : mended;
}
