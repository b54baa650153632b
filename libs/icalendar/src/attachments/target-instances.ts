import { faultOf, isCalendarFault } from '../calendar-fault.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import { type CalendarTime, readPlainTime } from '../calendar-time.js';
import { DAY } from '../civil-date.js';
import { type Instance, instancesWithin } from '../instances.js';
import { identityOf } from '../series.js';
import { utc } from '../zone.js';
import { type AttachmentFault, wrongRid } from './attachment-fault.js';

/** What an operation on attachments is for: components that are there, and instances that have none of their own yet. */
export interface Targets {
  readonly items: readonly CalendarItem[];
  readonly instances: readonly Instance[];
}

/**
 * The instances that `rid` names (RFC 8607 3.3.2): `M` is the master, others are RECURRENCE-ID values as the object has
 * them. Without it all are meant.
 */
export function targetsOf(object: CalendarObject, rid: string | null): Targets | AttachmentFault {
  const { master, overrides } = object.series;
  if (rid === null) return { items: master === null ? overrides : [master, ...overrides], instances: [] };
  const items: CalendarItem[] = [];
  const instances: Instance[] = [];
  for (const name of rid.split(',').map((each) => each.trim())) {
    const found = /^m$/i.test(name) ? master : instanceNamed(object, name);
    if (found === null)
      return wrongRid(`The object has no instance "${name.slice(0, 40)}"; name M or a RECURRENCE-ID.`);
    const list: unknown[] = 'item' in found ? instances : items;
    list.push(found);
  }
  const identities = instances.map(({ recurrenceId }) => recurrenceId?.wall);
  if (new Set(items).size < items.length || new Set(identities).size < instances.length) {
    return wrongRid('Name each instance once.');
  }
  return { items, instances };
}

/** The override, or the instance of the series, that a RECURRENCE-ID value names. */
export function instanceNamed(object: CalendarObject, name: string): CalendarItem | Instance | null {
  const time = faultOf(() => readPlainTime(name, 'rid', 0));
  if (isCalendarFault(time)) return null;
  const { master, overrides } = object.series;
  const anchor = master === null ? null : anchorOf(master);
  const override = overrides.find(({ recurrenceId }) => recurrenceId !== null && isSame(recurrenceId, time, anchor));
  if (override !== undefined) return override;
  return anchor === null ? null : masterInstance(object, time, anchor);
}

/** Written as in the object, or the same instant. */
function isSame(recurrenceId: CalendarTime, time: CalendarTime, anchor: CalendarTime | null): boolean {
  if ((recurrenceId.kind === 'date') !== (time.kind === 'date')) return false;
  if (time.kind === 'floating' && recurrenceId.wall === time.wall) return true;
  return identityOf(recurrenceId, anchor) === identityOf(time, anchor);
}

/** An override for this and the future moves instances away from the times that they are known by. */
const furthestMove = 400 * DAY;

function masterInstance({ series }: CalendarObject, time: CalendarTime, anchor: CalendarTime): Instance | null {
  const identity = identityOf(time, anchor);
  const margin = series.futures.length > 0 ? furthestMove : 2 * DAY;
  const window = { from: identity - margin, to: identity + margin };
  return (
    instancesWithin({ ...series, overrides: series.futures.map(({ item }) => item) }, window, utc).find(
      ({ recurrenceId }) => recurrenceId !== null && isSame(recurrenceId, time, anchor),
    ) ?? null
  );
}
