import { randomBytes } from 'node:crypto';
import {
  type AttachmentHolder,
  type AttachmentRecord,
  attachmentsStream,
  type NewAttachment,
  principalId,
  type StreamName,
  tenantId,
} from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { RequestContext } from '../request-context.js';
import { send } from '../send-command.js';
import { attachmentRoom } from './attachment-room.js';

/** Not to be guessed, and fit for a header, a parameter and a path (RFC 8607 4.3). */
export const newManagedId = (): string => randomBytes(16).toString('hex');

interface Step {
  readonly home: string;
  readonly holder: AttachmentHolder;
}

/** The blobs are stored: from here on they are attachments, which the member is about to refer to. */
export async function addAttachments(
  context: RequestContext,
  attachments: readonly NewAttachment[],
  { home, holder }: Step,
): Promise<void> {
  if (attachments.length === 0) return;
  const { room, keptLimit } = await attachmentRoom(context, home);
  const stream = attachmentsStream(tenantId(context.tenant.id), principalId(home));
  const body = { type: 'AddAttachments', attachments, holder, room, keptLimit } as const;
  await send(context, { service: 'attachments', stream }, body);
}

/** Another member is about to refer to attachments that are there. */
export async function holdAttachments(
  context: RequestContext,
  records: readonly AttachmentRecord[],
  holder: AttachmentHolder,
): Promise<void> {
  for (const [stream, own] of Map.groupBy(records, (record) => record.stream as StreamName)) {
    const managedIds = own.map(({ managedId }) => managedId);
    await send(context, { service: 'attachments', stream }, { type: 'HoldAttachments', managedIds, holder });
  }
}

/** The member does not come to refer to them. What fails here is done by who collects. */
export async function abandonAttachments(
  context: RequestContext,
  attachments: ReadonlyMap<StreamName, readonly string[]>,
  holder: AttachmentHolder,
): Promise<void> {
  try {
    for (const [stream, managedIds] of attachments) {
      if (managedIds.length === 0) continue;
      await send(context, { service: 'attachments', stream }, { type: 'AbandonAttachments', managedIds, holder });
    }
  } catch (error) {
    log('warn', 'attachments of a refused request will be collected later', { holder: holder.name, error });
  }
}
