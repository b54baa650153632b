import { anchorOf, type CalendarItem, readCalendarItem } from '../calendar-item.js';
import type { CalendarTime, ZoneLookup } from '../calendar-time.js';
import {
  type CalendarTree,
  isOverride,
  keepProperties,
  objectParts,
  putProperty,
  rewriteParts,
} from '../calendar-tree.js';
import { type Component, propertyOf } from '../component-tree.js';
import { identityOf, seriesOf } from '../series.js';
import { changeComponent, type ReadChanges, without } from './change-component.js';
import { writeTime } from './edited-time.js';
import { moveSeries } from './move-series.js';
import { seriesMove } from './series-move.js';
import { type SeenIn, seriesTimes } from './series-times.js';
import { shareChanges } from './share-changes.js';

export interface ChangedSeries {
  readonly root: Component;
  readonly zones: ZoneLookup;
  /** The series' own component. */
  readonly master: CalendarItem;
  /** The instance that was changed, and when it begins for who looks at it; null: it is the series itself. */
  readonly name: CalendarTime | null;
  readonly seen: CalendarTime | null;
}

/**
 * The series with the changes, which its overrides share, and with the names of its instances where it moves.
 * @param now UTC seconds
 */
export function changeSeries(
  { root, zones, master, name, seen }: ChangedSeries,
  changes: ReadChanges,
  now: number,
): Component {
  const anchor = anchorOf(master);
  const rest = withoutSameRule(changes, master);
  const shared = shareChanges({ root, master: master.component }, rest, now);
  if (anchor === null) return rewriteMaster(shared, (part) => changeComponent(part, rest, now));
  const seenIn = { item: master, seen: seen ?? anchor };
  const { anchor: to } = seriesTimes(seenIn, changes);
  const isWhole = isWholeBut({ root, zones }, name === null ? null : identityOf(name, anchor));
  const move = seriesMove(master, { name, to, isWhole, rule: rest.rule });
  const moved = move === null ? shared : moveSeries({ root: shared, zones }, move);
  return rewriteMaster(rest.rule === null ? withoutSeries(moved) : moved, (part) =>
    changeRelative(part, { ...seenIn, further: (move?.to ?? to).wall - to.wall }, { changes: rest, now }),
  );
}

/** No override for this and the future (RFC 5545 3.2.13) but that of the instance itself says where others lie. */
function isWholeBut({ root, zones }: CalendarTree, instance: number | null): boolean {
  const { futures } = seriesOf(objectParts(root).map((part) => readCalendarItem(part, zones)));
  return futures.every(({ identity }) => identity === instance);
}

/** The component with the changes, its times as far from their own as the changed ones are from what people saw. */
export function changeRelative(
  part: Component,
  seenIn: SeenIn,
  { changes, now }: { readonly changes: ReadChanges; readonly now: number },
): Component {
  const { start, end } = seriesTimes(seenIn, changes);
  const { start: _start, end: _end, ...rest } = changes;
  const { item } = seenIn;
  const last = part.name === 'VTODO' ? 'DUE' : 'DTEND';
  const timed = withTime(withTime(part, 'DTSTART', [item.start, start]), last, [item.end, end]);
  return changeComponent(end === undefined ? timed : without(timed, 'DURATION'), rest, now, part);
}

type Time = CalendarTime | null | undefined;

function withTime(part: Component, name: string, [before, time]: readonly [CalendarTime | null, Time]): Component {
  if (time === undefined) return part;
  const like = time !== null && before?.zone?.id === time.zone?.id ? propertyOf(part, name) : undefined;
  return time === null ? without(part, name) : putProperty(part, writeTime(name, time, like));
}

const REPEATING: ReadonlySet<string> = new Set(['EXRULE', 'RDATE', 'EXDATE']);

/** What does not repeat any more has no other instances, and none that were changed or taken out. */
const withoutSeries = (root: Component): Component =>
  rewriteParts(root, (part) => (isOverride(part) ? null : keepProperties(part, ({ name }) => !REPEATING.has(name))));

const rewriteMaster = (root: Component, rewrite: (part: Component) => Component): Component =>
  rewriteParts(root, (part) => (isOverride(part) ? part : rewrite(part)));

/** A rule that was sent back as it was is moved or counted with the series, and not put in place of what becomes of it. */
export function withoutSameRule({ rule, ...changes }: ReadChanges, { component }: CalendarItem): ReadChanges {
  const before = propertyOf(component, 'RRULE')?.value ?? null;
  return rule === undefined || rule === before ? changes : { ...changes, rule };
}
