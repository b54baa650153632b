import { type CalendarFault, faultOf, refuse } from './calendar-fault.js';
import { type Component, propertyOf, readComponentTree } from './component-tree.js';
import { usedTimezones } from './used-timezones.js';
import { foldLine, writeComponent } from './write-component.js';

/** One calendar object of a larger file. */
export interface SplitObject {
  readonly uid: string;
  readonly text: string;
}

const KINDS: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/**
 * Cuts an iCalendar file into calendar objects, one for each UID, in the order of the file, each with the VTIMEZONEs
 * that it uses and without METHOD (RFC 4791 4.1). Refuses what is no iCalendar, and a component without a UID; the
 * objects themselves are not checked: read them. Components other than VEVENT, VTODO and VJOURNAL are left out.
 */
export function splitCalendar(text: string): SplitObject[] | CalendarFault {
  return faultOf(() => {
    const root = readComponentTree(text);
    const groups = new Map<string, Component[]>();
    for (const component of root.components.filter(({ name }) => KINDS.has(name))) {
      const uid = propertyOf(component, 'UID')?.value.trim() ?? '';
      if (uid === '') refuse(`Give the ${component.name} that begins here a UID.`, component.line);
      const group = groups.get(uid);
      if (group === undefined) groups.set(uid, [component]);
      else group.push(component);
    }
    return [...groups].map(([uid, components]) => ({ uid, text: objectText(root, components) }));
  });
}

function objectText(root: Component, components: readonly Component[]): string {
  const product = propertyOf(root, 'PRODID')?.text ?? 'PRODID:-//Almanac//CalDAV//EN';
  const version = propertyOf(root, 'VERSION')?.text ?? 'VERSION:2.0';
  const scale = propertyOf(root, 'CALSCALE');
  const head = ['BEGIN:VCALENDAR', version, product, ...(scale === undefined ? [] : [scale.text])];
  const body = [...usedTimezones(root, components), ...components].map(writeComponent);
  return [...head.map(foldLine), ...body, 'END:VCALENDAR\r\n'].join('');
}
