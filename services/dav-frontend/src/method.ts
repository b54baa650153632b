import type { DavResponse } from './http/dav-request.js';
import type { RequestContext } from './request-context.js';

/** What answers an HTTP method; refusals are thrown as DavError. */
export type Method = (context: RequestContext) => Promise<DavResponse>;
