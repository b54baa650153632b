import { homeOf, type PropertyChanges, streamName } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import type { DavResource } from '../resources/resource.js';
import { textProperty } from './live-property.js';
import { parentFolder } from './tree-properties.js';

/** @throws DavError 409 for a parent that is not there, or that lies below the folder itself (N3) */
export async function demandPlaceInTree(
  { ports }: RequestContext,
  resource: DavResource,
  { set }: PropertyChanges,
): Promise<void> {
  const value = set[parentFolder];
  if (value === undefined || !('text' in value) || resource.kind !== 'collection' || resource.right !== 'owner') return;
  const { stream, segment } = resource.collection;
  const home = streamName(homeOf(stream));
  const folders = new Map((await ports.collections.collectionsOf(home)).map((each) => [each.segment, each]));
  const seen = new Set<string>();
  for (let at: string | undefined = value.text; at !== undefined && !seen.has(at); ) {
    if (at === segment) throw new DavError(409, { detail: 'A folder cannot be placed below itself.' });
    const folder = folders.get(at);
    if (folder === undefined && seen.size === 0) throw new DavError(409, { detail: `There is no folder ${at} here.` });
    seen.add(at);
    at = folder === undefined ? undefined : textProperty(folder, parentFolder);
  }
}
