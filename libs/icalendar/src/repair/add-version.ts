import { propertyOf } from '../component-tree.js';
import { newProperty } from '../new-property.js';
import type { TreeRepair } from './repair.js';

/** RFC 5545 3.7.4. Another version is another format, and not touched. */
export const addVersion: TreeRepair = {
  said: 'VERSION:2.0 was added.',
  mend: ({ root }) => {
    if (propertyOf(root, 'VERSION') !== undefined) return root;
    return { ...root, properties: [newProperty('VERSION', '2.0'), ...root.properties] };
  },
};
