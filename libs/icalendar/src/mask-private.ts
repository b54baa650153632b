import { isCalendarFault } from './calendar-fault.js';
import { objectParts, readCalendarTree } from './calendar-tree.js';
import type { Component } from './component-tree.js';
import type { ContentLine, Parameter } from './content-line.js';
import { newProperty } from './new-property.js';
import { isPrivateCalendar } from './privacy.js';
import { usedTimezones } from './used-timezones.js';
import { writeComponent } from './write-component.js';
import { keepParameters } from './write-property.js';

/** Row V4: a private object as those see it who are not its owner, creator or attendee; others as the same text. */
export function maskPrivate(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) return NOTHING;
  return isPrivateCalendar(tree.root) ? masked(tree.root) : text;
}

/** Any object as those see it who may see busy times only. */
export function maskAll(text: string): string {
  const tree = readCalendarTree(text);
  return isCalendarFault(tree) ? NOTHING : masked(tree.root);
}

/** What cannot be read cannot be masked either. */
const NOTHING = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Almanac//CalDAV//EN\r\nEND:VCALENDAR\r\n';

const OF_CALENDAR: ReadonlySet<string> = new Set(['VERSION', 'PRODID', 'CALSCALE']);
/** When, how often and whether it takes time: nothing of what it is. */
const OF_PART: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'DTSTART', 'DTEND', 'DUE', 'DURATION', 'FREEBUSY'],
  ...['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID', 'TRANSP', 'STATUS', 'CLASS'],
]);
const PARAMETERS: ReadonlySet<string> = new Set(['TZID', 'VALUE', 'RANGE', 'FBTYPE']);

function masked(root: Component): string {
  const parts = objectParts(root).map(maskedPart);
  const properties = selected(root.properties, OF_CALENDAR);
  return writeComponent({ ...root, properties, components: [...usedTimezones(root, parts), ...parts] });
}

function maskedPart(part: Component): Component {
  const title = part.name === 'VFREEBUSY' ? [] : [newProperty('SUMMARY', 'Busy')];
  return { ...part, properties: [...selected(part.properties, OF_PART), ...title], components: [] };
}

function selected(properties: readonly ContentLine[], names: ReadonlySet<string>): readonly ContentLine[] {
  const isPlain = ({ name }: Parameter) => PARAMETERS.has(name);
  return properties.filter(({ name }) => names.has(name)).map((property) => keepParameters(property, isPlain));
}
