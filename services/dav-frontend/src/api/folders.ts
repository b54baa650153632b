import { caldav, dav, apple } from '@almanac/dav-protocol';
import { textProperty } from '../properties/live-property.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource } from '../resources/folders.js';
import type { CollectionResource } from '../resources/resource.js';
import { json } from './api-request.js';
import { folderOfRequest } from './folder-of-request.js';
import { parentFolder } from '../properties/tree-properties.js';

/** Null where none was given. */
const orderIn = (text: string | null): number | null => (text === null ? null : Number(text));

/** A folder as the API tells it. */
function folderJson({ href, collection, owner, right, view }: CollectionResource) {
  const { home, segment, components, role, members, size, modifiedAt } = collection;
  const text = (name: Parameters<typeof textProperty>[1]): string | null => textProperty(collection, name) ?? null;
  return {
    ...{ href, home, segment, owner: owner.name, right, components, role },
    name: text(dav('displayname')) ?? segment,
    parent: right === 'owner' ? text(parentFolder) : null,
    color: text(apple('calendar-color')),
    order: orderIn(text(apple('calendar-order'))),
    description: text(caldav('calendar-description')),
    // What others keep in it is theirs to count.
    ...(right === 'owner' ? { members, size } : { members }),
    shared: right === 'owner' ? collection.shares.length > 0 : true,
    modifiedAt: new Date(modifiedAt).toISOString(),
    alters: view.alters,
  };
}

/** The actor's own folders, and those that are shared with it. */
export async function listFolders(context: RequestContext) {
  const home = await homeResource(context, context.principal.id);
  return json(200, { folders: home === null ? [] : (await foldersIn(context, home)).map(folderJson) });
}

export const readFolder = async (context: RequestContext, path: readonly string[]) =>
  json(200, folderJson(await folderOfRequest(context, path)));
