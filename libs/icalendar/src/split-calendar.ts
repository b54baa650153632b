import { type CalendarFault, faultOf, refuse } from './calendar-fault.js';
import { type CalendarPiece, scanCalendar, type ScannedCalendar } from './scan-calendar.js';

/** One calendar object of a larger file; `text` is made when it is asked for. */
export interface SplitObject {
  readonly uid: string;
  readonly text: string;
}

const KINDS: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/**
 * Cuts an iCalendar file into calendar objects, one for each UID, in the order of the file, each with the VTIMEZONEs
 * that it uses and without METHOD (RFC 4791 4.1). Refuses what is no iCalendar, and a component without a UID; the
 * objects themselves are not checked: read them. Components other than VEVENT, VTODO and VJOURNAL are left out.
 * The file is looked through, but not read into properties: it may be as large as a text can be.
 */
export function splitCalendar(text: string): SplitObject[] | CalendarFault {
  return faultOf(() => {
    const calendar = scanCalendar(text);
    const groups = new Map<string, CalendarPiece[]>();
    for (const piece of calendar.pieces.filter(({ name }) => KINDS.has(name))) {
      if (piece.id === '') refuse(`Give the ${piece.name} that begins here a UID.`, piece.line);
      const group = groups.get(piece.id);
      if (group === undefined) groups.set(piece.id, [piece]);
      else group.push(piece);
    }
    const zones = calendar.pieces.filter(({ name }) => name === 'VTIMEZONE');
    return [...groups].map(([uid, pieces]) => ({
      uid,
      get text() {
        return objectText(calendar, zones, pieces);
      },
    }));
  });
}

function objectText(
  { text, head }: ScannedCalendar,
  zones: readonly CalendarPiece[],
  pieces: readonly CalendarPiece[],
): string {
  const sliceOf = ({ from, to, name }: CalendarPiece): string => `${text.slice(from, to)}END:${name}\n`;
  const own = pieces.map(sliceOf).join('');
  const used = tzidsIn(own);
  const needed = zones.filter(({ id }) => used.has(id)).map(sliceOf);
  const first = ['BEGIN:VCALENDAR', head.get('VERSION') ?? 'VERSION:2.0', head.get('PRODID') ?? defaultProduct];
  const scale = head.get('CALSCALE');
  const lines = [...first, ...(scale === undefined ? [] : [scale]), `${needed.join('')}${own}END:VCALENDAR`, ''];
  return lines.join('\n').replace(/\r?\n/g, '\r\n');
}

const defaultProduct = 'PRODID:-//Almanac//CalDAV//EN';

/** What only looks like one, in a text, is one time zone too many. */
function tzidsIn(own: string): ReadonlySet<string> {
  const unfolded = own.replace(/\r?\n[ \t]/g, '');
  return new Set(
    [...unfolded.matchAll(/;TZID=(?:"([^"\n]*)"|([^;:,"\r\n]*))/gi)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
  );
}
