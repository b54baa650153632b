import { DavError } from '@almanac/dav-protocol';
import {
  type CalendarObject,
  type CalendarItem,
  instanceNamed,
  isCalendarFault,
  readCalendarObject,
} from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import { locate } from '../resources/locate.js';
import type { MemberResource } from '../resources/resource.js';
import { textOf } from '../resources/view.js';

export interface ReadMember {
  readonly member: MemberResource;
  readonly text: string;
  readonly object: CalendarObject;
}

/** The calendar object that a path of the API names, as the actor is shown it. @throws DavError 404 where it sees none (S4) */
export async function memberOfRequest(
  context: RequestContext,
  [home = '', segment = '', name = '']: readonly string[],
): Promise<ReadMember> {
  const located = await locate(context, { segments: ['calendars', home, segment, name], trailingSlash: false });
  if (located.kind !== 'member') throw new DavError(404, { detail: 'There is no such appointment or task any more.' });
  const text = textOf(located.member);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new DavError(422, { detail: `The object cannot be read: ${object.reason}` });
  return { member: located, text, object };
}

/** The component that describes an instance; of null, the object itself. @throws DavError 404 */
export function itemOf(object: CalendarObject, recurrenceId: string | null): CalendarItem {
  const { series } = object;
  const named = recurrenceId === null ? null : instanceNamed(object, recurrenceId);
  const found = named === null ? null : 'item' in named ? named.item : named;
  const item = recurrenceId === null ? (series.master ?? series.overrides[0]) : found;
  if (item == null) throw new DavError(404, { detail: 'This occurrence is not there any more.' });
  return item;
}
