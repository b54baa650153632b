import { foldLine } from '../write-component.js';

/** What becomes of a property: it stays or goes, and these lines, not folded yet, come after it or in its place. */
export interface PropertyEdit {
  readonly keep: boolean;
  readonly lines: readonly string[];
}

/**
 * The text with some of its properties changed, each named by the line that it begins in (`ContentLine.line`); every other
 * octet stays as it is.
 */
export function editProperties(text: string, edits: ReadonlyMap<number, PropertyEdit>): string {
  if (edits.size === 0) return text;
  const breaks = lineBreakOf(text);
  const lines = text.split('\n');
  let edited = '';
  for (let index = 0; index < lines.length; ) {
    const end = endOfProperty(lines, index);
    const edit = edits.get(index + 1);
    if (edit === undefined || edit.keep) edited += joined(lines, index, end);
    for (const line of edit?.lines ?? []) edited += foldLine(line).replaceAll('\r\n', breaks);
    index = end;
  }
  return edited;
}

/** As the text does it. */
export const lineBreakOf = (text: string): string => {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] !== '\r' ? '\n' : '\r\n';
};

/** The first line that is no continuation; empty lines between continuations belong to the property. */
function endOfProperty(lines: readonly string[], start: number): number {
  let end = start + 1;
  for (let index = end; index < lines.length; index += 1) {
    const line = lines[index] as string;
    if (/^[ \t]/.test(line) && line.trimEnd() !== '') end = index + 1;
    else if (line !== '' && line !== '\r') break;
  }
  return end;
}

const joined = (lines: readonly string[], start: number, end: number): string =>
  lines.slice(start, end).join('\n') + (end < lines.length ? '\n' : '');
