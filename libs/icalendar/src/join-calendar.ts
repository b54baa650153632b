import { faultOf, isCalendarFault } from './calendar-fault.js';
import { readComponentTree } from './component-tree.js';
import { JoinedTimezones } from './joined-timezones.js';
import { escapeText } from './text-match.js';
import { foldLine, writeComponent } from './write-component.js';

/**
 * Writes one iCalendar object of many, piece by piece (RFC 5545 3.4): `open`, then what `add` gives for each text, then
 * `close`. Each time zone stands once, before its first use.
 */
export class JoinedCalendar {
  readonly #timezones = new JoinedTimezones();

  /** `name` becomes NAME (RFC 7986 5.1) and X-WR-CALNAME. */
  open({ name }: { readonly name?: string }): string {
    const named = name === undefined ? [] : nameLines(name);
    const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Almanac//CalDAV//EN', 'CALSCALE:GREGORIAN', ...named];
    return head.map(foldLine).join('');
  }

  /** A text that is no iCalendar object is left out. */
  add(text: string): string {
    const root = faultOf(() => readComponentTree(text));
    return isCalendarFault(root) ? '' : this.#timezones.take(root).map(writeComponent).join('');
  }

  close(): string {
    return 'END:VCALENDAR\r\n';
  }
}

/** `JoinedCalendar` for texts that are all there. */
export function joinCalendar(texts: readonly string[], properties: { readonly name?: string }): string {
  const calendar = new JoinedCalendar();
  return calendar.open(properties) + texts.map((text) => calendar.add(text)).join('') + calendar.close();
}

function nameLines(name: string): readonly string[] {
  const value = escapeText(name);
  return [`NAME:${value}`, `X-WR-CALNAME:${value}`];
}
