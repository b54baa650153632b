import { faultOf, isCalendarFault } from './calendar-fault.js';
import { readComponentTree } from './component-tree.js';
import { JoinedTimezones } from './joined-timezones.js';
import { escapeText } from './text-match.js';
import { foldLine, writeComponent } from './write-component.js';

/**
 * Writes one iCalendar object of many (RFC 5545 3.4): the components of all texts, each time zone once.
 * A text that is no iCalendar object is left out. `name` becomes NAME (RFC 7986 5.1) and X-WR-CALNAME.
 */
export function joinCalendar(texts: readonly string[], properties: { readonly name?: string }): string {
  const timezones = new JoinedTimezones();
  const components: string[] = [];
  for (const text of texts) {
    const root = faultOf(() => readComponentTree(text));
    if (isCalendarFault(root)) continue;
    components.push(...timezones.take(root).map(writeComponent));
  }
  const name = properties.name === undefined ? [] : nameLines(properties.name);
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Almanac//CalDAV//EN', 'CALSCALE:GREGORIAN', ...name];
  return [...head.map(foldLine), ...timezones.written(), ...components, 'END:VCALENDAR\r\n'].join('');
}

function nameLines(name: string): readonly string[] {
  const value = escapeText(name);
  return [`NAME:${value}`, `X-WR-CALNAME:${value}`];
}
