import { attachmentsStream, type NewAttachment, principalId, tenantId } from '@almanac/contracts';
import type { ManagedAttachment } from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import type { MemberResource } from '../resources/resource.js';
import { attachmentRoom } from './attachment-room.js';
import { abandonAttachments, addAttachments, newManagedId } from './attachment-steps.js';
import { managedAttachment } from './attachment-url.js';
import { mediaTypeOf } from './media-type.js';
import { safeFilename } from './safe-filename.js';
import { demandFits, storeContent } from './store-content.js';

/**
 * Stores the request's body as a new attachment, and lets the member refer to it. First the blob, then the attachment, then the
 * reference: whoever dies in between leaves something that is collected, and never a reference to nothing (A6).
 */
export async function uploadAttachment(
  context: RequestContext,
  { collection, member }: MemberResource,
  refer: (attachment: ManagedAttachment) => Promise<unknown>,
): Promise<NewAttachment> {
  const { request, tenant } = context;
  const { home } = collection;
  const { left } = await attachmentRoom(context, home);
  demandFits(context, request.contentLength, left);
  const { digest, size } = await storeContent(context, request.body(), left);
  const attachment: NewAttachment = {
    ...{ managedId: newManagedId(), digest, size, origin: request.origin },
    mediaType: mediaTypeOf(request.contentType),
    filename: safeFilename(request.filename),
  };
  const holder = { stream: collection.stream, name: member.name };
  await addAttachments(context, [attachment], { home, holder });
  try {
    await refer(managedAttachment(attachment, home));
    return attachment;
  } catch (error) {
    const stream = attachmentsStream(tenantId(tenant.id), principalId(home));
    await abandonAttachments(context, new Map([[stream, [attachment.managedId]]]), holder);
    throw error;
  }
}
