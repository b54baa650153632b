import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { json } from './api-request.js';
import { codeOf } from './code-of.js';
import { createAppPassword, listAppPasswords, revokeAppPassword } from './app-passwords.js';
import { followChanges } from './changes.js';
import { createDeviceProfile } from './device-profile.js';
import { listEvents } from './events.js';
import { listFolders, readFolder } from './folders.js';
import { importCalendar } from './import.js';
import { changeObject, createObject, deleteObject, readObject } from './objects.js';
import { openApi } from './open-api.js';
import { searchPrincipals } from './principals.js';
import { search } from './search.js';
import { endSessions, readSession } from './session.js';
import { deleteShare, listShares, putShare } from './shares.js';
import { listTasks } from './tasks.js';
import { listTrash, purgeFolder, restoreFolder } from './trash.js';
import { readForUndo, undoObject } from './undo.js';

type Handler = (context: RequestContext, path: readonly string[]) => DavResponse | Promise<DavResponse>;

/** Below `/api/v1/`; what begins with a colon is handed over in its order. */
export const routes: readonly (readonly [path: string, Readonly<Record<string, Handler>>])[] = [
  ['openapi.json', { GET: () => json(200, openApi) }],
  ['session', { GET: readSession }],
  ['sessions', { DELETE: endSessions }],
  ['folders', { GET: listFolders }],
  ['folders/:home/:segment', { GET: readFolder }],
  ['folders/:home/:segment/shares', { GET: listShares }],
  ['folders/:home/:segment/shares/:principal', { PUT: putShare, DELETE: deleteShare }],
  ['folders/:home/:segment/import', { POST: importCalendar }],
  ['changes', { GET: followChanges }],
  ['principals', { GET: searchPrincipals }],
  ['events', { GET: listEvents }],
  ['tasks', { GET: listTasks }],
  ['search', { GET: search }],
  ['objects/:home/:segment', { POST: createObject }],
  ['objects/:home/:segment/:name', { GET: readObject, PATCH: changeObject, DELETE: deleteObject }],
  ['objects/:home/:segment/:name/undo', { GET: readForUndo, PUT: undoObject }],
  ['app-passwords', { GET: listAppPasswords, POST: createAppPassword }],
  ['app-passwords/:key', { DELETE: revokeAppPassword }],
  ['device-profiles', { POST: createDeviceProfile }],
  ['trash', { GET: listTrash }],
  ['trash/:id', { DELETE: purgeFolder }],
  ['trash/:id/restore', { POST: restoreFolder }],
];

export const isApiPath = ([first]: readonly string[]): boolean => first === 'api';

/** What DAV has no words for, as JSON; faults as problem details (RFC 9457). */
export async function answerApi(context: RequestContext): Promise<DavResponse> {
  try {
    return await route(context);
  } catch (error) {
    return problemOf(error);
  }
}

/** @throws what is no refusal */
export function problemOf(error: unknown): DavResponse {
  if (!(error instanceof DavError)) throw error;
  const { status, message: detail, headers } = error;
  const code = codeOf(error);
  const type = { 'Content-Type': 'application/problem+json; charset=utf-8' };
  return {
    status,
    headers: { ...headers, ...type },
    body: JSON.stringify({ status, detail, ...(code === undefined ? {} : { code }) }),
  };
}

function route(context: RequestContext): DavResponse | Promise<DavResponse> {
  const { method, path } = context.request;
  const [, version, ...segments] = path.segments;
  for (const [pattern, methods] of version === 'v1' ? routes : []) {
    const parameters = match(pattern.split('/'), segments);
    if (parameters === null) continue;
    const handle = methods[method === 'HEAD' ? 'GET' : method];
    if (handle !== undefined) return handle(context, parameters);
    throw new DavError(405, {
      detail: `This resource answers ${Object.keys(methods).join(', ')}.`,
      headers: { Allow: Object.keys(methods).join(', ') },
    });
  }
  throw new DavError(404, { detail: 'There is nothing here; see /api/v1/openapi.json.' });
}

function match(pattern: readonly string[], segments: readonly string[]): readonly string[] | null {
  if (pattern.length !== segments.length) return null;
  const fits = pattern.every((part, index) => part.startsWith(':') || part === segments[index]);
  return fits ? segments.filter((_, index) => pattern[index]?.startsWith(':')) : null;
}
