import { detailsOf, openInstance, propertyOf } from '@almanac/icalendar';
import { streamName } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { DavResponse } from '../http/dav-request.js';
import { recordsOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource, memberResource } from '../resources/folders.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { takeTurns } from '../take-turns.js';
import { json } from './api-request.js';
import { instanceDetails } from './instance-details.js';
import { itemOf } from './member-of-request.js';
import { memberJson, objectIn } from './object-json.js';
import { zoneOfRequest } from './zone-of-request.js';

const pageSize = 200;
/** More are not worked with in one list. */
const maxTasks = 20_000;

/** The tasks of all folders of the actor, as many as a page can show, with recurring ones as the occurrence that is next. */
export async function listTasks(context: RequestContext): Promise<DavResponse> {
  const home = await homeResource(context, context.principal.id);
  const folders = home === null ? [] : await foldersIn(context, home);
  const asked = folders.filter(({ collection }) => collection.components.includes('VTODO'));
  const tasks: object[] = [];
  const at = { now: Math.floor(Date.now() / 1000), observer: zoneOfRequest(context) };
  for (const folder of asked) await addTasksIn(context, folder, { tasks, at });
  return json(200, { tasks: tasks.slice(0, maxTasks), more: tasks.length > maxTasks });
}

interface Listing {
  readonly tasks: object[];
  readonly at: Parameters<typeof openInstance>[1];
}

async function addTasksIn(context: RequestContext, folder: CollectionResource, { tasks, at }: Listing): Promise<void> {
  const listed = await context.ports.members.list(streamName(folder.collection.stream));
  for (let start = 0; start < listed.length && tasks.length <= maxTasks; start += pageSize) {
    const names = listed.slice(start, start + pageSize).map(({ name }) => name);
    for (const record of await recordsOf(context, folder, names)) {
      if (record.component !== 'VTODO') continue;
      tasks.push(...shownTask(memberResource(folder, record), at));
      await takeTurns();
    }
  }
}

/** What cannot be shown of one task leaves out that one alone. */
function shownTask(resource: MemberResource, at: Listing['at']): readonly object[] {
  try {
    return taskOf(resource, at);
  } catch (error) {
    const { stream } = resource.collection;
    log('error', 'a task cannot be shown', { stream, name: resource.member.name, error });
    return [];
  }
}

/** A recurring one as the occurrence that is to be worked at; where none is, as what it repeats. */
function taskOf(resource: MemberResource, at: Listing['at']): readonly object[] {
  const object = objectIn(resource);
  if (object === null) return [];
  const recurrenceId = openInstance(object, at);
  const item = itemOf(object, recurrenceId);
  const completed = propertyOf(item.component, 'COMPLETED')?.value ?? null;
  return [{ ...memberJson(resource), ...detailsOf(item), ...instanceDetails(object, recurrenceId), completed }];
}
