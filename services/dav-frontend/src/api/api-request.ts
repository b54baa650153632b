import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';

export const json = (status: number, value: unknown): DavResponse => ({
  status,
  headers: {
    'Content-Type': 'application/json; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  },
  body: JSON.stringify(value),
});

/** The body as a JSON object. @throws DavError 400 or 415: a form of another site cannot send this type */
export async function readJson({
  request,
}: Pick<RequestContext, 'request'>): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\s*(;|$)/i.test(request.contentType ?? '')) {
    throw new DavError(415, { detail: 'Send the body as application/json.' });
  }
  const value = await request.json();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DavError(400, { detail: 'The body is no JSON object.' });
}
