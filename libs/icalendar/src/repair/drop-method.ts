import { keepProperties } from '../calendar-tree.js';
import type { TreeRepair } from './repair.js';

/** RFC 4791 4.1: programs put invitations as they came by mail. */
export const dropMethod: TreeRepair = {
  said: 'METHOD was removed: a stored object has none.',
  mend: ({ root }) => keepProperties(root, ({ name }) => name !== 'METHOD'),
};
