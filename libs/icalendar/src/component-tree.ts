import { refuse } from './calendar-fault.js';
import { type ContentLine, readContentLine } from './content-line.js';

/** A component as sent (RFC 5545 3.6): name in capitals, properties and sub-components in their order. */
export interface Component {
  readonly name: string;
  readonly line: number;
  readonly properties: readonly ContentLine[];
  readonly components: readonly Component[];
}

interface OpenComponent {
  readonly name: string;
  readonly line: number;
  readonly properties: ContentLine[];
  readonly components: Component[];
}

/** Deep nesting has no meaning in iCalendar (VCALENDAR > VEVENT > VALARM > X-…) and would cost stack. */
export const MAX_DEPTH = 8;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what RFC 5545 3.1 keeps out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;

/** Reads exactly one VCALENDAR with strict nesting; bare LF, a byte order mark, blank and long lines are tolerated. */
export function readComponentTree(text: string): Component {
  const roots = readComponents(text);
  const [root] = roots;
  if (root === undefined) refuse('Send an iCalendar object: the body holds no BEGIN:VCALENDAR.');
  if (roots.length > 1) refuse('Send one VCALENDAR only.', (roots[1] as Component).line);
  if (root.name !== 'VCALENDAR') refuse(`Begin with BEGIN:VCALENDAR in place of BEGIN:${root.name}.`, root.line);
  return root;
}

/** The properties of a component that bear a name (in capitals). */
export function propertiesOf(component: Component, name: string): readonly ContentLine[] {
  return component.properties.filter((property) => property.name === name);
}

/** The first property of a component that bears a name (in capitals). */
export function propertyOf(component: Component, name: string): ContentLine | undefined {
  for (const property of component.properties) if (property.name === name) return property;
  return undefined;
}

function readComponents(text: string): readonly Component[] {
  refuseControlCharacters(text);
  const roots: Component[] = [];
  const open: OpenComponent[] = [];
  forEachUnfoldedLine(text, (unfolded, line) => takeLine(readContentLine(unfolded, line), open, roots));
  const last = open[open.length - 1];
  if (last !== undefined) refuse(`Close BEGIN:${last.name} with END:${last.name}.`, last.line);
  return roots;
}

function takeLine(property: ContentLine, open: OpenComponent[], roots: Component[]): void {
  if (property.name === 'BEGIN') return begin(property, open);
  if (property.name === 'END') return end(property, open, roots);
  const current = open[open.length - 1];
  if (current === undefined) refuse(`Put ${property.name} between BEGIN and END.`, property.line);
  current.properties.push(property);
}

function begin(property: ContentLine, open: OpenComponent[]): void {
  const name = property.value.trim().toUpperCase();
  if (!/^[A-Z0-9-]+$/.test(name)) refuse('Name the component that BEGIN opens.', property.line);
  if (open.length >= MAX_DEPTH) refuse(`Nest components at most ${MAX_DEPTH} deep.`, property.line);
  open.push({ name, line: property.line, properties: [], components: [] });
}

function end(property: ContentLine, open: OpenComponent[], roots: Component[]): void {
  const name = property.value.trim().toUpperCase();
  const closed = open.pop();
  if (closed === undefined) refuse(`Remove END:${name}: nothing is open here.`, property.line);
  if (closed.name !== name) {
    refuse(`Write END:${closed.name} in place of END:${name}: line ${closed.line} opened it.`, property.line);
  }
  (open[open.length - 1]?.components ?? roots).push(closed);
}

function refuseControlCharacters(text: string): void {
  const at = text.search(CONTROL);
  if (at < 0) return;
  const code = text.charCodeAt(at).toString(16).padStart(4, '0');
  refuse(`Remove the control character U+${code}.`, text.slice(0, at).split('\n').length);
}

/** RFC 5545 3.1: a line that begins with a blank continues the one before. @param take also told where in the text it begins */
export function forEachUnfoldedLine(text: string, take: (unfolded: string, line: number, from: number) => void): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let pending: string | null = null;
  let pendingLine = 0;
  let pendingFrom = 0;
  for (let line = 1; at < text.length; line++) {
    const feed = text.indexOf('\n', at);
    const stop = feed < 0 ? text.length : feed;
    const end = stop > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    const first = text.charCodeAt(at);
    if ((first === 32 || first === 9) && end > at) {
      if (pending === null) refuse('Begin the first line with a property name, not with a blank.', line);
      pending += text.slice(at + 1, end);
    } else if (end > at) {
      if (pending !== null) take(pending, pendingLine, pendingFrom);
      pending = text.slice(at, end);
      pendingLine = line;
      pendingFrom = at;
    }
    at = stop + 1;
  }
  if (pending !== null) take(pending, pendingLine, pendingFrom);
}
