import {
  type AttachmentHolder,
  type AttachmentRecord,
  attachmentsStream,
  type InlineAttachment,
  type NewAttachment,
  type PutMember,
  principalId,
  type StreamName,
  tenantId,
} from '@almanac/contracts';
import {
  type CalendarObject,
  isCalendarFault,
  type ManagedAttachment,
  readCalendarObject,
  repeatsAttachments,
  type SentAttachment,
  sentAttachments,
  type SeparatedContent,
  withServerAttachments,
} from '@almanac/icalendar';
import type { BlobRecord } from '@almanac/ports';
import type { CalendarBody } from '../methods/read-calendar-body.js';
import type { RequestContext } from '../request-context.js';
import { locate } from '../resources/locate.js';
import type { CollectionResource } from '../resources/resource.js';
import { demandAttachmentCount } from './attachment-count.js';
import { abandonAttachments, addAttachments, holdAttachments } from './attachment-steps.js';
import { managedAttachment, managedIdIn, shownAttachment } from './attachment-url.js';
import { knownAttachments } from './known-attachments.js';
import { newInlineAttachment, propertyInLine } from './new-inline-attachment.js';
import type { InlineUploads } from './inline-uploads.js';
import { textOf } from '../resources/view.js';

/** A PUT on its way: where to, and with what. */
export interface AttachedPut {
  readonly folder: CollectionResource;
  readonly name: string;
  readonly body: CalendarBody;
  readonly inline: InlineUploads;
}

export type AttachedContent = Pick<PutMember, 'text' | 'facts' | 'size' | 'received' | 'without' | 'attachments'>;

/**
 * Sees to the managed attachments of a PUT (A5, RFC 8607 3.7 – 3.9): those that it names must be there and may be used, the
 * server's word on them wins, and inline ones become managed ones.
 * @throws DavError 403 valid-managed-id-parameter or max-attachments-per-resource, and what `put` throws
 */
export async function withAttachments<Result>(
  context: RequestContext,
  request: AttachedPut,
  put: (content: AttachedContent) => Promise<Result>,
): Promise<Result> {
  const { body, inline } = request;
  if (inline.contents.length === 0 && !mayNameAttachments(body)) return put(body);
  const plan = await planOf(context, request);
  const holder = { stream: request.folder.collection.stream, name: request.name };
  await takeSteps(context, plan, holder);
  try {
    return await put(contentOf(request, plan));
  } catch (error) {
    await abandonAttachments(context, stepsOf(context, plan), holder);
    throw error;
  }
}

const mayNameAttachments = ({ text, facts }: CalendarBody): boolean =>
  facts.managedIds !== undefined || text.includes('/attachments/');

interface Plan {
  readonly home: string;
  readonly sent: readonly SentAttachment[];
  readonly shown: ReadonlyMap<string, ManagedAttachment>;
  /** The member has attachments of the series on its exceptions, where somebody put them (RFC 8607 3.4): A4 is not for these. */
  readonly keeps: boolean;
  /** Those that the member does not refer to yet. */
  readonly held: readonly AttachmentRecord[];
  readonly added: readonly (NewAttachment & { readonly content: SeparatedContent<BlobRecord> })[];
}

async function planOf(context: RequestContext, { folder, body, inline }: AttachedPut): Promise<Plan> {
  const { home } = folder.collection;
  const located = await locate(context, context.request.path);
  const object = objectOf(body.text);
  const named = sentAttachments(object, managedIdIn);
  const known = await knownAttachments(context, named, located);
  const added = inline.contents.map((content) => ({ ...newInlineAttachment(context, object, content), content }));
  demandAttachmentCount(context, known.records.size + added.length);
  const made = added.flatMap(({ managedId, content }): SentAttachment[] => {
    const property = propertyInLine(object, content.line);
    return property === null ? [] : [{ property, managedId, named: true }];
  });
  const shown = new Map([
    ...[...known.records].map(([id, record]) => [id, shownAttachment(record)] as const),
    ...added.map((attachment) => [attachment.managedId, managedAttachment(attachment, home)] as const),
  ]);
  const keeps = located.kind === 'member' && repeatsAttachments(textOf(located.stored));
  return { home, sent: [...named, ...made], shown, held: known.held, added, keeps };
}

function objectOf(text: string): CalendarObject {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(`the body was read before: ${object.reason}`);
  return object;
}

async function takeSteps(
  context: RequestContext,
  { home, held, added }: Plan,
  holder: AttachmentHolder,
): Promise<void> {
  await holdAttachments(context, held, holder);
  await addAttachments(
    context,
    added.map(({ content: _content, ...attachment }) => attachment),
    { home, holder },
  );
}

function stepsOf({ tenant }: RequestContext, { home, held, added }: Plan): Map<StreamName, string[]> {
  const stream = attachmentsStream(tenantId(tenant.id), principalId(home));
  const steps = new Map([[stream, added.map(({ managedId }) => managedId)]]);
  for (const record of held) steps.getOrInsert(record.stream as StreamName, []).push(record.managedId);
  return steps;
}

function contentOf({ body }: AttachedPut, { sent, shown, added, keeps }: Plan): AttachedContent {
  const text = withServerAttachments(body.text, sent, shown);
  const rules = keeps ? { without: ['A4'] } : {};
  if (text === body.text && added.length === 0) return { ...body, ...rules };
  const { facts } = objectOf(text);
  const { received = body.text } = body;
  const content = { text, facts, size: Buffer.byteLength(text), received, ...rules };
  return added.length === 0 ? content : { ...content, attachments: added.map(inlineOf) };
}

const inlineOf = ({
  managedId,
  digest,
  size,
  content: { at, folds, tail },
}: Plan['added'][number]): InlineAttachment => ({
  ...{ managedId, digest, size, at, folds },
  ...(tail === null ? {} : { tail }),
});
