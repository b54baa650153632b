import { anchorOf, type CalendarItem, readCalendarItem } from '../calendar-item.js';
import type { CalendarTime, ZoneLookup } from '../calendar-time.js';
import { type CalendarTree, isOverride, keepProperties, objectParts, rewriteParts } from '../calendar-tree.js';
import { type Component, propertyOf } from '../component-tree.js';
import { identityOf, seriesOf } from '../series.js';
import { changeComponent, type ChangedTimes, type ReadChanges } from './change-component.js';
import { moveSeries } from './move-series.js';
import { type Asked, seriesMove } from './series-move.js';
import { type SeenIn, seriesTimes } from './series-times.js';
import { shareChanges } from './share-changes.js';
import { timesAlong } from './times-along.js';
import { withTimes } from './with-times.js';

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
 * The series with the changes, which its overrides share, and with the names of its instances where it moves. What has no time
 * any more does not recur.
 * @param now UTC seconds
 */
export function changeSeries(
  { root, zones, master, name, seen }: ChangedSeries,
  changes: ReadChanges,
  now: number,
): Component {
  const asked = withoutSameRule(changes, master);
  const tree = { root, zones, master: master.component };
  const anchor = anchorOf(master);
  if (anchor === null) {
    const shared = shareChanges({ ...tree, timesOf: () => ({}) }, asked, now);
    return rewriteMaster(shared, (part) => changeComponent(part, asked, now));
  }
  const looked = name === null ? null : identityOf(name, anchor);
  const isWhole = isWholeBut(tree, looked);
  const { move, seenIn, times } = goingWhere({ item: master, seen: seen ?? anchor }, asked, { name, isWhole });
  const rest = times.anchor === null ? { ...asked, rule: null } : asked;
  const timesOf = (item: CalendarItem): ChangedTimes =>
    identityOf(item.recurrenceId as CalendarTime, anchor) === looked ? {} : timesAlong(item, { master, move, times });
  const shared = shareChanges({ ...tree, timesOf }, rest, now);
  const moved = move === null ? shared : moveSeries({ root: shared, zones }, move);
  return rewriteMaster(rest.rule === null ? withoutSeries(moved) : moved, (part) =>
    changeRelative(part, seenIn, { changes: rest, now }),
  );
}

/** How the series moves, null where it does not, and the times of its own component then. */
function goingWhere(seenIn: SeenIn, changes: ReadChanges, asked: Pick<Asked, 'name' | 'isWhole'>) {
  const times = seriesTimes(seenIn, changes);
  const { anchor } = times;
  const move = anchor === null ? null : seriesMove(seenIn.item, { ...asked, to: anchor, rule: changes.rule });
  if (anchor === null || move === null) return { move, seenIn, times };
  const gone = { ...seenIn, further: move.to.wall - anchor.wall };
  return { move, seenIn: gone, times: seriesTimes(gone, changes) };
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
  return changeComponent(withTimes(part, seenIn.item, { start, end }), rest, now, part);
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
