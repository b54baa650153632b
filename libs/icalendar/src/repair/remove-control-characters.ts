import type { TextRepair } from './repair.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what RFC 5545 3.1 keeps out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text pasted from elsewhere holds them, and some programs end lines with CR CR LF or with CR alone. */
export const removeControlCharacters: TextRepair = {
  said: 'Control characters were removed.',
  // One expression for both ends of a line, so that a run of CRs is read once, however long.
  mend: (text) => text.replace(CONTROL, '').replace(/\r+\n?/g, '\r\n'),
};
