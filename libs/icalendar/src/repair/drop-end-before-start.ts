import { readCalendarItem } from '../calendar-item.js';
import { instantOf } from '../calendar-time.js';
import { keepProperties, rewriteParts } from '../calendar-tree.js';
import { utc } from '../zone.js';
import type { TreeRepair } from './repair.js';

/**
 * RFC 5545 3.8.2.2, 3.8.2.3. Of an appointment the start is what matters, of a task the due date (row T5); what is
 * dropped is the other.
 */
export const dropEndBeforeStart: TreeRepair = {
  said: 'The end of an appointment, or the start of a task, was removed: the end lay before the start.',
  mend: ({ root, zones }) =>
    rewriteParts(root, (part) => {
      const { start, end } = readCalendarItem(part, zones);
      if (start === null || end === null || (start.zone === null) !== (end.zone === null)) return part;
      if (instantOf(end, utc) >= instantOf(start, utc)) return part;
      return keepProperties(part, ({ name }) => name !== (part.name === 'VTODO' ? 'DTSTART' : 'DTEND'));
    }),
};
