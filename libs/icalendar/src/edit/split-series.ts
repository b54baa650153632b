import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { type CalendarTime, formatDate, formatInstant, readCalendarTime } from '../calendar-time.js';
import { type CalendarTree, isOverride, putProperty, rewriteParts } from '../calendar-tree.js';
import { DAY } from '../civil-date.js';
import { type Component, propertyOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { newProperty } from '../new-property.js';
import { ruleWalls } from '../rule-walls.js';
import { identityOf } from '../series.js';
import { withValue } from '../write-property.js';
import { stamped } from './change-component.js';
import { writeTime } from './edited-time.js';

interface Split {
  readonly tree: CalendarTree;
  readonly master: CalendarItem;
  /** The first instance of the later part, by its name on the master's clock. */
  readonly at: CalendarTime;
}

/** The series up to an instance, which does not belong to it any more. @param now UTC seconds */
export function earlierPart({ tree, master, at }: Split, now: number): Component {
  const anchor = anchorOf(master) as CalendarTime;
  const isEarlier = (time: CalendarTime) => identityOf(time, anchor) < identityOf(at, anchor);
  // A rule that has ended before keeps its end.
  const until = firstOfRules(master, at) === null ? null : untilOf(at);
  return rewriteParts(tree.root, (part) => {
    if (isOverride(part)) return isEarlier(nameOf(part, tree)) ? part : null;
    return stamped({ ...part, properties: part.properties.flatMap((each) => cut(each, tree, isEarlier, until)) }, now);
  });
}

/** The series from an instance on, as an object of its own. */
export function laterPart({ tree, master, at }: Split, uid: string): Component {
  const anchor = anchorOf(master) as CalendarTime;
  const isLater = (time: CalendarTime) => identityOf(time, anchor) >= identityOf(at, anchor);
  const gone = ruleCount(master, at);
  const first = firstOfRules(master, at);
  return rewriteParts(tree.root, (part) => {
    const named = putProperty(part, newProperty('UID', uid));
    if (isOverride(part)) return isLater(nameOf(part, tree)) ? named : null;
    const properties = named.properties.flatMap((each) => cut(each, tree, isLater, null));
    const left = first === null ? properties.filter(({ name }) => !RULES.has(name)) : properties;
    return startingAt({ ...named, properties: left.map((each) => counted(each, gone)) }, master, first ?? at);
  });
}

const RULES: ReadonlySet<string> = new Set(['RRULE', 'EXRULE']);
/** A rule that gives nothing for so long gives nothing any more. */
const furthest = 8 * 366 * DAY;

/**
 * The first time from an instance on that the rules give: they count from DTSTART, which an RDATE beside them must not become.
 * Null where they give none.
 */
function firstOfRules({ rules }: CalendarItem, at: CalendarTime): CalendarTime | null {
  const within = (length: number) => rules.flatMap((rule) => ruleWalls(rule, at.wall, at.wall + length).slice(0, 1));
  if (within(0).length > 0) return at;
  const next = within(furthest);
  return next.length === 0 ? null : { ...at, wall: Math.min(...next) };
}

const nameOf = (part: Component, { zones }: CalendarTree): CalendarTime => {
  const property = propertyOf(part, 'RECURRENCE-ID') as ContentLine;
  return readCalendarTime(property.value, property, zones);
};

function cut(
  property: ContentLine,
  { zones }: CalendarTree,
  keeps: (time: CalendarTime) => boolean,
  until: string | null,
): readonly ContentLine[] {
  if (property.name === 'RRULE' && until !== null) return [withValue(property, endedRule(property.value, until))];
  if (!['RDATE', 'EXDATE'].includes(property.name)) return [property];
  const values = property.value.split(',').filter((value) => {
    return keeps(readCalendarTime(value.split('/')[0] as string, property, zones));
  });
  return values.length === 0 ? [] : [withValue(property, values.join(','))];
}

/** The last moment before: UNTIL is in UTC where the series has a zone (RFC 5545 3.3.10). */
function untilOf({ kind, wall, zone }: CalendarTime): string {
  if (kind === 'date') return formatDate(wall - DAY);
  return zone === null ? formatInstant(wall - 1).slice(0, -1) : formatInstant(zone.toInstant(wall) - 1);
}

const endedRule = (rule: string, until: string): string =>
  `${rule
    .split(';')
    .filter((part) => part !== '' && !/^(COUNT|UNTIL)=/i.test(part))
    .join(';')};UNTIL=${until}`;

/** How many instances of the first rule lie before. */
function ruleCount({ rules: [first] }: CalendarItem, at: CalendarTime): number {
  return first === undefined || first.rule.count === null ? 0 : ruleWalls(first, first.anchor, at.wall - 1).length;
}

function counted(property: ContentLine, gone: number): ContentLine {
  if (property.name !== 'RRULE') return property;
  return withValue(
    property,
    property.value.replace(/COUNT=(\d+)/i, (_, count: string) => `COUNT=${Math.max(1, Number(count) - gone)}`),
  );
}

/** All its times as far on as the first instance lies from that of the whole series. */
function startingAt(part: Component, item: CalendarItem, at: CalendarTime): Component {
  const by = at.wall - (anchorOf(item) as CalendarTime).wall;
  const times = [
    ['DTSTART', item.start],
    [item.component.name === 'VTODO' ? 'DUE' : 'DTEND', item.end],
  ] as const;
  return times.reduce((moved, [name, time]) => {
    if (time === null) return moved;
    return putProperty(moved, writeTime(name, { ...time, wall: time.wall + by }, propertyOf(part, name)));
  }, part);
}
