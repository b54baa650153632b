import type { IncomingMessage } from 'node:http';
import type { DavResponse } from '../http/dav-request.js';
import { asksForPage } from './pages.js';

/** Where the pages are served by another host, people who come to this one are shown the way; null for all other requests. */
export function pagesElsewhere(message: IncomingMessage, url: string | null): DavResponse | null {
  return url === null || !asksForPage(message) ? null : { status: 302, headers: { Location: url, Vary: 'Accept' } };
}
