import { rewriteProperties, type TreeRepair } from './repair.js';

/** Of these an empty value breaks the format; in texts it means "none". UID and DTSTART cannot be spared. */
const SPARED: ReadonlySet<string> = new Set([
  ...['DTEND', 'DUE', 'DURATION', 'RRULE', 'EXRULE', 'RDATE', 'EXDATE', 'COMPLETED', 'DTSTAMP', 'CREATED'],
  ...['LAST-MODIFIED', 'ACKNOWLEDGED', 'SEQUENCE', 'PERCENT-COMPLETE', 'PRIORITY', 'REPEAT', 'RECURRENCE-ID'],
]);

export const dropEmptyValues: TreeRepair = {
  said: 'Properties without a value were removed.',
  mend: ({ root }) =>
    rewriteProperties(root, (property) =>
      SPARED.has(property.name) && property.value.trim() === '' ? null : property,
    ),
};
