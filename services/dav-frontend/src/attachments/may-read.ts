import type { AttachmentHolder, AttachmentRecord } from '@almanac/contracts';
import { isCalendarFault, readCalendarObject } from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import { locate } from '../resources/locate.js';
import { textOf } from '../resources/view.js';

/**
 * Whether the actor sees an object that refers to the attachment (RFC 8607 3.12.2): what may be seen of whose calendar is
 * for `locate` to say. Members that were about to refer to it count, once they do.
 */
export async function mayRead(context: RequestContext, record: AttachmentRecord): Promise<boolean> {
  const { references, awaited } = record;
  for (const holder of [...references, ...awaited]) {
    if (await refersVisibly(context, holder, record.managedId)) return true;
  }
  return false;
}

async function refersVisibly(
  context: RequestContext,
  { stream, name }: AttachmentHolder,
  managedId: string,
): Promise<boolean> {
  const [, home = '', segment = ''] = stream.split('/');
  const located = await locate(context, { segments: ['calendars', home, segment, name], trailingSlash: false });
  // What is masked hides what is attached; a client's form only leaves it out.
  if (located.kind !== 'member' || located.member.masked === true) return false;
  const object = readCalendarObject(textOf(located.stored));
  return !isCalendarFault(object) && (object.facts.managedIds ?? []).includes(managedId);
}
