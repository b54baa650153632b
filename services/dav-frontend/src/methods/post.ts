import type { NewAttachment } from '@almanac/contracts';
import { DavError, dav } from '@almanac/dav-protocol';
import {
  addAttachment,
  isCalendarFault,
  type ManagedAttachment,
  readCalendarObject,
  removeAttachment,
  replaceAttachment,
} from '@almanac/icalendar';
import { type AttachmentAction, attachmentAction } from '../attachments/attachment-action.js';
import { demandAttachmentCount, mostAttachments } from '../attachments/attachment-count.js';
import { changedText, changeMember, type MemberChange } from '../attachments/change-member.js';
import { uploadAttachment } from '../attachments/upload-attachment.js';
import { isSeriesOnly } from '../clients/macos-attachments-series-only.js';
import { attachmentPath } from '../attachments/attachment-url.js';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { checkIf, checkTags, checkUnmodified, memberEtag } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import type { MemberResource } from '../resources/resource.js';
import { methodNotAllowed } from './allowed-methods.js';
import { textOf } from '../resources/view.js';

/** RFC 8607 3.3: what there is to POST are attachments of a calendar object. */
export const post: Method = async (context) => {
  const { request } = context;
  const resource = mapped(await locate(context, request.path));
  if (resource.kind !== 'member') return methodNotAllowed(resource, 'Attachments are posted to a calendar object.');
  if (!resource.privileges.includes('{DAV:}write-content')) {
    throw new DavError(403, { precondition: dav('need-privileges'), detail: 'You may read this, but not change it.' });
  }
  const action = attachmentAction(request.query, isSeriesOnly(request.userAgent));
  checkTags(context, resource);
  checkUnmodified(context, resource);
  await checkIf(context, resource);
  if (action.kind === 'remove') {
    await changeMember(context, resource, (read) => removeAttachment(read, action.rid, action.managedId));
    return answer(context, 204, {});
  }
  return upload(context, resource, action);
};

async function upload(
  context: RequestContext,
  resource: MemberResource,
  action: Exclude<AttachmentAction, { kind: 'remove' }>,
): Promise<DavResponse> {
  const { home } = resource.collection;
  const change = changeBy(action);
  // What cannot be done is said before the client has sent everything.
  changedText(resource, change({ managedId: 'new', mediaType: 'x/y', size: 0, filename: 'new', url: '/' }));
  if (action.kind === 'add') {
    demandAttachmentCount(mostAttachments(context, resource.collection), managedIdsIn(resource).length + 1);
  }
  const attachment = await uploadAttachment(context, resource, (shown) =>
    changeMember(context, resource, change(shown)),
  );
  const headers = { 'Cal-Managed-ID': attachment.managedId };
  if (action.kind === 'update') return answer(context, 204, headers);
  return answer(context, 201, headers, { attachment, home });
}

const changeBy =
  (action: Exclude<AttachmentAction, { kind: 'remove' }>) =>
  (attachment: ManagedAttachment): MemberChange =>
  (read) =>
    action.kind === 'add'
      ? addAttachment(read, action.rid, attachment)
      : replaceAttachment(read, action.managedId, attachment);

function managedIdsIn({ stored }: MemberResource): readonly string[] {
  const object = readCalendarObject(textOf(stored));
  return isCalendarFault(object) ? [] : (object.facts.managedIds ?? []);
}

/**
 * With the resource as it is now for who prefers that (RFC 7240 4.2). Without, a 201 is about the new attachment, and a 204
 * about the resource that was posted to (RFC 9110 15.3): so the latter has its ETag. Our own page goes on with the object,
 * and is told its ETag in any case.
 */
async function answer(
  context: RequestContext,
  status: 201 | 204,
  headers: Readonly<Record<string, string>>,
  made?: { readonly attachment: NewAttachment; readonly home: string },
): Promise<DavResponse> {
  const resource = mapped(await locate(context, context.request.path));
  if (resource.kind !== 'member') return { status, headers };
  const ETag = memberEtag(resource);
  const location: Record<string, string> =
    made === undefined ? {} : { Location: attachmentPath(made.home, made.attachment) };
  if (!context.request.prefer.representation) {
    const isOfObject = status === 204 || context.session !== null;
    return { status, headers: { ...headers, ...location, ...(isOfObject ? { ETag } : {}) } };
  }
  const shown = { 'Content-Location': resource.href, 'Content-Type': calendarType, ETag };
  return {
    status: status === 204 ? 200 : status,
    headers: { ...headers, ...location, ...shown, 'Preference-Applied': 'return=representation' },
    body: resource.member.data,
  };
}
