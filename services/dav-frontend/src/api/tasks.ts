import { detailsOf, propertyOf } from '@almanac/icalendar';
import { streamName } from '@almanac/contracts';
import type { DavResponse } from '../http/dav-request.js';
import { recordsOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource, memberResource } from '../resources/folders.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { takeTurns } from '../take-turns.js';
import { json } from './api-request.js';
import { memberJson, objectIn } from './object-json.js';

const pageSize = 200;
/** More are not worked with in one list. */
const maxTasks = 20_000;

/** The tasks of all folders of the actor, as many as a page can show. */
export async function listTasks(context: RequestContext): Promise<DavResponse> {
  const home = await homeResource(context, context.principal.id);
  const folders = home === null ? [] : await foldersIn(context, home);
  const asked = folders.filter(({ collection }) => collection.components.includes('VTODO'));
  const tasks: object[] = [];
  for (const folder of asked) await addTasksIn(context, folder, tasks);
  return json(200, { tasks: tasks.slice(0, maxTasks), more: tasks.length > maxTasks });
}

async function addTasksIn(context: RequestContext, folder: CollectionResource, tasks: object[]): Promise<void> {
  const listed = await context.ports.members.list(streamName(folder.collection.stream));
  for (let start = 0; start < listed.length && tasks.length <= maxTasks; start += pageSize) {
    const names = listed.slice(start, start + pageSize).map(({ name }) => name);
    for (const record of await recordsOf(context, folder, names)) {
      if (record.component !== 'VTODO') continue;
      tasks.push(...taskOf(memberResource(folder, record)));
      await takeTurns();
    }
  }
}

function taskOf(resource: MemberResource): readonly object[] {
  const series = objectIn(resource)?.series;
  const item = series?.master ?? series?.overrides[0];
  if (item === undefined) return [];
  const completed = propertyOf(item.component, 'COMPLETED')?.value ?? null;
  return [{ ...memberJson(resource), ...detailsOf(item), completed }];
}
