import { keepProperties, rewriteParts } from '../calendar-tree.js';
import { propertyOf } from '../component-tree.js';
import type { TreeRepair } from './repair.js';

/** RFC 5545 3.6.1, 3.6.2: the end is what the user saw. */
export const dropDurationBesideEnd: TreeRepair = {
  said: 'DURATION was removed: the end is given.',
  mend: ({ root }) =>
    rewriteParts(root, (part) => {
      const end = propertyOf(part, part.name === 'VTODO' ? 'DUE' : 'DTEND');
      return end === undefined ? part : keepProperties(part, ({ name }) => name !== 'DURATION');
    }),
};
