import type { TextRepair } from './repair.js';

/** Nobody ends a line of text by chance at the place where lines are folded. */
const FOLDED_FROM = 70;
const BEGINS = /^([A-Za-z0-9-]+)[;:]/;
const TEXTS = /^(SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|CATEGORIES|X-.*)$/i;

/**
 * A line that is none belongs to the one before it: a text with raw line breaks, or a fold that has lost its blank
 * (RFC 5545 3.1). A line of text that looks like a property by chance cannot be told from one.
 */
export const joinBrokenLines: TextRepair = {
  said: 'Broken lines were joined.',
  mend: (text) => {
    const lines = text.split(/\r?\n/);
    const joined: string[] = [];
    let name = '';
    for (const [at, line] of lines.entries()) {
      const begun = BEGINS.exec(line);
      if (begun === null && line !== '' && !/^[ \t]/.test(line) && joined.length > 0) {
        joined.push(`${joined.pop()}${glue(name, lines[at - 1] ?? '')}${line}`);
      } else {
        joined.push(line);
        if (begun !== null) name = begun[1] as string;
      }
    }
    return joined.length === lines.length ? text : joined.join('\r\n');
  },
};

function glue(name: string, before: string): string {
  return TEXTS.test(name) && before.length < FOLDED_FROM ? '\\n' : '';
}
