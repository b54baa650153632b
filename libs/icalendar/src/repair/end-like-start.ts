import { readCalendarItem } from '../calendar-item.js';
import { type CalendarTime, formatDate, formatWall } from '../calendar-time.js';
import { putProperty, rewriteParts } from '../calendar-tree.js';
import { DAY, dayOfWall } from '../civil-date.js';
import { type Component, propertyOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { withParameters, withValue } from '../write-property.js';
import { utc } from '../zone.js';
import type { TreeRepair } from './repair.js';

/** RFC 5545 3.8.2.2: DTEND has the type of DTSTART. A day ends at its midnight, and a day begun is taken whole. */
export const endLikeStart: TreeRepair = {
  said: 'DTEND was given the type of DTSTART.',
  mend: ({ root, zones }) =>
    rewriteParts(root, (part) => {
      if (part.name !== 'VEVENT') return part;
      const { start, end } = readCalendarItem(part, zones);
      if (start === null || end === null || (start.kind === 'date') === (end.kind === 'date')) return part;
      return putProperty(part, start.kind === 'date' ? dayEnd(part, end) : timeEnd(part, start, end));
    }),
};

function dayEnd(part: Component, { wall }: CalendarTime): ContentLine {
  const day = dayOfWall(wall);
  const end = withValue(propertyOf(part, 'DTEND') as ContentLine, formatDate(day === wall ? wall : day + DAY));
  return withParameters(end, [{ name: 'VALUE', values: ['DATE'] }]);
}

function timeEnd(part: Component, start: CalendarTime, end: CalendarTime): ContentLine {
  const value = `${formatWall(end.wall)}${start.zone === utc ? 'Z' : ''}`;
  const zone = (propertyOf(part, 'DTSTART') as ContentLine).parameters.filter(({ name }) => name === 'TZID');
  return withParameters(withValue(propertyOf(part, 'DTEND') as ContentLine, value), start.zone === utc ? [] : zone);
}
