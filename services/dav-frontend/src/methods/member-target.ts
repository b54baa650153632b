import { caldav, DavError, forbidden } from '@almanac/dav-protocol';
import type { CollectionResource, Located } from '../resources/resource.js';
import { methodNotAllowed } from './allowed-methods.js';

export interface MemberTarget {
  readonly folder: CollectionResource;
  readonly name: string;
}

/**
 * Where a member can be put: a place in a calendar collection (RFC 4791 4.2, 5.3.2).
 * @throws DavError 405 on a collection, 409 where the collection is missing, 403 elsewhere
 */
export function targetIn(located: Located): MemberTarget {
  if (located.kind === 'member') {
    return { folder: located.folder, name: located.member.name };
  }
  if (located.kind !== 'unmapped') return methodNotAllowed(located, 'This URL is a collection; put a member into it.');
  if (located.parent?.kind === 'collection') return { folder: located.parent, name: located.name };
  if (located.parent?.kind === 'home') {
    const detail = 'Calendar objects go into a calendar collection of the home, not beside them.';
    throw forbidden(caldav('calendar-collection-location-ok'), detail);
  }
  throw new DavError(409, { detail: `There is no calendar collection around ${located.href}; create it first.` });
}
