import { almanac, childrenNamed, DavError, dav, href, parsePath, textOf } from '@almanac/dav-protocol';
import { collectionHref } from '../resources/hrefs.js';
import { type LiveProperty, textProperty } from './live-property.js';

/** Where a folder stands in the owner's tree: the segment of its parent, a property like others (N1, N3). */
export const parentFolder = almanac('parent-folder');

/** The tree does not show in URLs: those are for ever. */
export const treeProperties: readonly LiveProperty[] = [
  {
    name: parentFolder,
    inAllprop: false,
    read: {
      collection: ({ collection, right }) => {
        const segment = textProperty(collection, parentFolder);
        if (right !== 'owner' || segment === undefined) return undefined;
        return href(collectionHref({ home: collection.home, segment }));
      },
    },
    write: {
      parse: (element) => {
        const [target] = childrenNamed(element, dav('href'));
        const [root, , segment, ...rest] = target === undefined ? [] : parsePath(textOf(target).trim()).segments;
        if (root === 'calendars' && segment !== undefined && rest.length === 0) return { text: segment };
        throw new DavError(409, { detail: 'parent-folder takes the DAV:href of a folder of the same home.' });
      },
    },
  },
];
