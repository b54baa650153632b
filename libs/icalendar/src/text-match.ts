import type { TextMatch } from './filter.js';

/** True where a value holds the text, or with `negate` where it does not (RFC 4791 9.7.5). */
export function textMatches(value: string, { text, collation, negate }: TextMatch): boolean {
  const fold = FOLDS[collation];
  return fold(value).includes(fold(text)) !== negate;
}

/** Takes the escapes of a TEXT value away (RFC 5545 3.3.11). */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}

/** Puts escapes into a TEXT value (RFC 5545 3.3.11). */
export function escapeText(value: string): string {
  return value.replace(/[\\;,]/g, (special) => `\\${special}`).replace(/\r\n|\r|\n/g, '\\n');
}

const FOLDS: Readonly<Record<TextMatch['collation'], (text: string) => string>> = {
  'i;octet': (text) => text,
  // RFC 4790 9.2: only a to z have capitals
  'i;ascii-casemap': (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  // RFC 5051: title case, then canonical and compatibility decomposition
  'i;unicode-casemap': (text) => text.toUpperCase().normalize('NFKD').toUpperCase(),
};
