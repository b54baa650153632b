import { answerApi, isApiPath } from './api/api-route.js';
import { attachmentResource } from './attachments/attachment-resource.js';
import { attachmentsSegment } from './attachments/attachment-url.js';
import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from './http/dav-request.js';
import { methodNotAllowed } from './methods/allowed-methods.js';
import { methods } from './methods/methods.js';
import type { RequestContext } from './request-context.js';
import { locate } from './resources/locate.js';

/** Finds the method's handler. */
export async function dispatch(context: RequestContext): Promise<DavResponse> {
  const { request } = context;
  if (request.crossSite && request.method === 'POST') {
    throw new DavError(403, { detail: 'A page of another site cannot change anything here.' });
  }
  if (isApiPath(request.path.segments)) return answerApi(context);
  if (request.path.segments[0] === attachmentsSegment) return attachmentResource(context);
  const method = methods[request.method];
  if (method !== undefined) return method(context);
  return methodNotAllowed(await locate(context, request.path), `The method ${request.method} is not supported here.`);
}
