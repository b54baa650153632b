import { type CalendarTime, formatInstant, formatWall, readCalendarTime } from '../calendar-time.js';
import { type CalendarTree, isOverride, rewriteParts } from '../calendar-tree.js';
import { dayOfWall } from '../civil-date.js';
import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { withValue } from '../write-property.js';
import { utc } from '../zone.js';
import { writeTime } from './edited-time.js';
import type { SeriesMove } from './series-move.js';
import { nameWall } from './series-times.js';

const RULES: ReadonlySet<string> = new Set(['RRULE', 'EXRULE']);
const NAMING: ReadonlySet<string> = new Set(['EXDATE', 'RDATE', 'RECURRENCE-ID']);

/** What names instances of a series by their times names the same ones after the series has moved. */
export function moveSeries(tree: CalendarTree, move: SeriesMove): Component {
  return rewriteParts(tree.root, (part) => ({
    ...part,
    properties: part.properties.flatMap((property) => moved(property, tree, move, isOverride(part))),
  }));
}

function moved(
  property: ContentLine,
  tree: CalendarTree,
  move: SeriesMove,
  ofOverride: boolean,
): readonly ContentLine[] {
  if (RULES.has(property.name) && !ofOverride) return [withValue(property, move.ruleAfter(property.value))];
  if (!NAMING.has(property.name)) return [property];
  return property.value.split(',').map((value) => {
    if (value.includes('/') && move.to.kind !== 'date') return movedPeriod(withValue(property, value), tree, move);
    const [start = value] = value.split('/');
    return movedName(withValue(property, start), tree, move);
  });
}

function movedName(property: ContentLine, tree: CalendarTree, move: SeriesMove): ContentLine {
  const time = readCalendarTime(property.value, property, tree.zones);
  const range = property.parameters.filter(({ name }) => name === 'RANGE');
  const like = time.zone?.id === move.to.zone?.id ? property : undefined;
  const written = writeTime(property.name, movedTime(time, move), like);
  return range.length === 0 ? written : { ...written, text: written.text.replace(/[:;]/, ';RANGE=THISANDFUTURE$&') };
}

/** An RDATE with an end of its own (RFC 5545 3.3.9) stays on the clock that it has. */
function movedPeriod(property: ContentLine, tree: CalendarTree, move: SeriesMove): ContentLine {
  const shifted = (value: string): string => {
    const time = readCalendarTime(value, property, tree.zones);
    const { wall, zone } = movedTime(time, move);
    const onClock = time.zone === null || zone === null ? wall : time.zone.toLocal(zone.toInstant(wall));
    return time.zone === utc ? formatInstant(onClock) : formatWall(onClock);
  };
  const [start = '', end = ''] = property.value.split('/');
  return withValue(property, `${shifted(start)}/${/^[+-]?P/i.test(end) ? end : shifted(end)}`);
}

function movedTime(time: CalendarTime, { from, to, wallAfter }: SeriesMove): CalendarTime {
  const wall = wallAfter(nameWall(time, from));
  return { kind: to.kind, wall: to.kind === 'date' ? dayOfWall(wall) : wall, zone: to.zone };
}
