import type { ContentLine } from '../content-line.js';
import { readStamp } from '../stamp.js';
import { rewriteProperties, type TreeRepair } from './repair.js';

const STAMPS: ReadonlySet<string> = new Set(['DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'COMPLETED', 'ACKNOWLEDGED']);
const NUMBERS: ReadonlySet<string> = new Set(['SEQUENCE', 'PERCENT-COMPLETE', 'PRIORITY', 'REPEAT']);

/** Stamps in ISO form, numbers with a fraction: without them the appointment is the same. */
export const dropUnreadableDetails: TreeRepair = {
  said: 'Stamps and numbers that cannot be read were removed.',
  mend: ({ root }) => rewriteProperties(root, (property) => (isUnreadable(property) ? null : property)),
};

function isUnreadable({ name, value }: ContentLine): boolean {
  if (STAMPS.has(name)) return readStamp(value) === null;
  return NUMBERS.has(name) && !/^[+-]?\d{1,10}$/.test(value.trim());
}
