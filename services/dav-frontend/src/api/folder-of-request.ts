import { DavError, dav, forbidden } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import { locate } from '../resources/locate.js';
import type { CollectionResource } from '../resources/resource.js';

/** The folder that a path of the API names by its owner and segment. @throws DavError 404 where the actor sees none (S4) */
export async function folderOfRequest(
  context: RequestContext,
  [home = '', segment = '']: readonly string[],
): Promise<CollectionResource> {
  const located = await locate(context, { segments: ['calendars', home, segment], trailingSlash: true });
  if (located.kind === 'collection') return located;
  throw new DavError(404, { detail: 'There is no such folder.' });
}

/** @throws DavError 403 where the actor may not see whom a folder is shared with */
export async function administeredFolder(context: RequestContext, path: readonly string[]) {
  const folder = await folderOfRequest(context, path);
  if (folder.right === 'owner' || folder.right === 'administer') return folder;
  throw forbidden(dav('need-privileges'), 'Only who administers this folder sees and changes its shares.');
}
