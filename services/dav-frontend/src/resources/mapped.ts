import { DavError } from '@almanac/dav-protocol';
import type { DavResource, Located } from './resource.js';

/** @throws DavError 404 where nothing is, or nothing that the actor may see */
export function mapped(located: Located): DavResource {
  if (located.kind === 'unmapped') throw new DavError(404, { detail: `There is nothing at ${located.href}.` });
  return located;
}
