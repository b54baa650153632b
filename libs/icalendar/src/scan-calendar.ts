import { refuse } from './calendar-fault.js';
import { forEachUnfoldedLine, MAX_DEPTH } from './component-tree.js';
import { readContentLine } from './content-line.js';

/** A component of a calendar, where it stands in the text: from its BEGIN to before its END. */
export interface CalendarPiece {
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** The UID, or of a VTIMEZONE the TZID; empty where it has none. */
  readonly id: string;
}

export interface ScannedCalendar {
  readonly text: string;
  /** Lines of the VCALENDAR itself that objects of it need, by their names. */
  readonly head: ReadonlyMap<string, string>;
  readonly pieces: readonly CalendarPiece[];
}

interface Open {
  readonly name: string;
  readonly line: number;
  readonly from: number;
  id: string;
}

const MARKS = /^(BEGIN|END|UID|TZID|VERSION|PRODID|CALSCALE)[;:]/i;
const HEAD: ReadonlySet<string> = new Set(['VERSION', 'PRODID', 'CALSCALE']);

/** Finds the components of a calendar; of what is in them, only where they begin and end, and their ids, are looked at. */
export function scanCalendar(text: string): ScannedCalendar {
  const scan = new Scan();
  forEachUnfoldedLine(text, (unfolded, line, from) => {
    const mark = MARKS.exec(unfolded)?.[1]?.toUpperCase();
    if (mark === undefined) scan.pass(line);
    else scan.take(mark, unfolded, { line, from });
  });
  scan.end();
  return { text, head: scan.head, pieces: scan.pieces };
}

class Scan {
  readonly head = new Map<string, string>();
  readonly pieces: CalendarPiece[] = [];
  readonly #open: Open[] = [];
  #isOver = false;

  /** A line that says nothing of how the calendar is made up. */
  pass(line: number): void {
    if (this.#open.length === 0) refuse('Send one iCalendar object: this line is between no BEGIN and END.', line);
  }

  take(mark: string, unfolded: string, place: { readonly line: number; readonly from: number }): void {
    const name = unfolded
      .slice(unfolded.indexOf(':') + 1)
      .trim()
      .toUpperCase();
    if (mark === 'BEGIN') return this.#begin({ name, ...place, id: '' });
    if (mark === 'END') return this.#close(name, place);
    this.pass(place.line);
    const [, component, deeper] = this.#open;
    if (component === undefined && HEAD.has(mark) && !this.head.has(mark)) this.head.set(mark, unfolded);
    const isId = mark === (component?.name === 'VTIMEZONE' ? 'TZID' : 'UID');
    if (component === undefined || deeper !== undefined || !isId || component.id !== '') return;
    component.id = readContentLine(unfolded, place.line).value.trim();
  }

  end(): void {
    const last = this.#open.at(-1);
    if (last !== undefined) refuse(`Close BEGIN:${last.name} with END:${last.name}.`, last.line);
    if (!this.#isOver) refuse('Send an iCalendar object: the body holds no BEGIN:VCALENDAR.');
  }

  #begin(component: Open): void {
    const { name, line } = component;
    if (this.#open.length === 0 && this.#isOver) refuse('Send one VCALENDAR only.', line);
    if (this.#open.length === 0 && name !== 'VCALENDAR') refuse('Begin with BEGIN:VCALENDAR.', line);
    if (this.#open.length >= MAX_DEPTH) refuse(`Nest components at most ${MAX_DEPTH} deep.`, line);
    this.#open.push(component);
  }

  #close(name: string, { line, from: to }: { readonly line: number; readonly from: number }): void {
    const closed = this.#open.pop();
    if (closed === undefined) refuse('Remove this END: nothing is open here.', line);
    if (closed.name !== name) refuse(`Write END:${closed.name} here: line ${closed.line} opened it.`, line);
    if (this.#open.length === 1) this.pieces.push({ ...closed, to });
    if (this.#open.length === 0) this.#isOver = true;
  }
}
