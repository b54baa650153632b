import { may } from '@almanac/access';
import { detailsOf, isCalendarFault, peopleOf, readCalendarObject } from '@almanac/icalendar';
import { memberEtag } from '../resources/conditions.js';
import type { RequestContext } from '../request-context.js';
import type { MemberResource } from '../resources/resource.js';
import { attachmentsJson } from './attachments-json.js';
import { textOf } from '../resources/view.js';
import type { CalendarItem } from '@almanac/icalendar';

/** What the actor may do with a member. */
export function rightsOn({ folder, stored, member }: MemberResource) {
  const isMasked = member.masked === true;
  const own = stored.createdBy === folder.viewer;
  return {
    masked: isMasked,
    editable: !isMasked && may(folder.right, 'change', own),
    deletable: !isMasked && may(folder.right, 'remove', own),
  };
}

/** Where a member is and what it is, without its content. */
export function memberJson(resource: MemberResource) {
  const { home, segment } = resource.collection;
  return {
    ...{ home, segment, name: resource.member.name, href: resource.href, etag: memberEtag(resource) },
    ...rightsOn(resource),
  };
}

/** A member with the details of one of its components. */
export const detailsJson = async (context: RequestContext, resource: MemberResource, item: CalendarItem) => ({
  ...memberJson(resource),
  component: item.component.name,
  ...detailsOf(item),
  ...peopleOf(item.component),
  attachments: await attachmentsJson(context, resource, item),
});

/** Null for data that was let in by an older version and cannot be read any more. */
export function objectIn(resource: MemberResource) {
  const object = readCalendarObject(textOf(resource.member));
  return isCalendarFault(object) ? null : object;
}
