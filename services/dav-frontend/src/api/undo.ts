import type { MemberRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { splitAlarms, type UserAlarms } from '@almanac/icalendar';
import { managedIdsOf } from '../attachments/known-attachments.js';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import type { MemberResource } from '../resources/resource.js';
import { textOf } from '../resources/view.js';
import { json } from './api-request.js';
import { folderOfRequest } from './folder-of-request.js';
import { asMethod } from './inner-request.js';
import { memberOfRequest } from './member-of-request.js';

const purpose = 'undo';
/** Milliseconds for which something can be taken back. */
const lifetime = 10 * 60_000;
/** In octets: it is part of a URL. */
const maxKey = 6_000;

/** What an appointment has that its text, as the actor is shown it, does not say. */
interface Kept {
  readonly actor: string;
  readonly stream: string;
  readonly name: string;
  /** The owner's reminders (R6). */
  readonly alarms: UserAlarms;
  /** Attachments that are not the actor's own. */
  readonly managedIds: readonly string[];
  readonly restored: Pick<MemberRecord, 'createdBy' | 'properties'>;
}

/**
 * An appointment or a task as it is now, for whoever is about to change it. With the key, which holds what only the service
 * may know, it is put back as it was: what the owner has of it, too, which a PUT by somebody else would take away.
 */
export async function readForUndo(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const { member, text } = await memberOfRequest(context, path);
  demandUnmasked(member);
  const key = await context.ports.links.seal(purpose, JSON.stringify(keptOf(context, member)), Date.now() + lifetime);
  return json(200, { text, key: key.length > maxKey ? null : key });
}

function keptOf({ principal }: RequestContext, { folder, stored }: MemberResource): Kept {
  const { name, createdBy, properties } = stored;
  const named = { actor: principal.id, stream: folder.collection.stream, name, restored: { createdBy, properties } };
  if (folder.right === 'owner') return { ...named, alarms: [], managedIds: [] };
  return { ...named, alarms: splitAlarms(textOf(stored)).alarms, managedIds: managedIdsOf(stored) };
}

/**
 * Puts an appointment or a task back as it was; a PUT with its conditions, by the rights that the actor has now.
 * @throws DavError 409 with a key that is not of this place and actor, or has expired
 */
export async function undoObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const folder = await folderOfRequest(context, path.slice(0, 2));
  const [, , name = ''] = path;
  const { ports, principal, request } = context;
  const text = await ports.links.unseal(purpose, request.query.get('key') ?? '', Date.now());
  const kept = text === null ? null : (JSON.parse(text) as Kept);
  const { stream } = folder.collection;
  if (kept === null || kept.actor !== principal.id || kept.stream !== stream || kept.name !== name) {
    throw new DavError(409, { code: 'undo-expired', detail: 'This cannot be undone any more.' });
  }
  if (request.ifMatch === null && request.ifNoneMatch === null) {
    throw new DavError(428, { detail: 'Send the ETag of what is there in If-Match, or If-None-Match: * for nothing.' });
  }
  const { alarms, managedIds, restored } = kept;
  return asMethod('PUT', { ...context, ownersAlarms: alarms, mayKeep: managedIds, restored }, { folder, name });
}
