import { badRequest, DavError } from '../dav-error.js';
import { type ParsedPath, parsePath } from './parse-path.js';

/**
 * The Destination header of COPY and MOVE (RFC 4918 10.3): an absolute URL or a path.
 * @param acceptsHost told the host of an absolute URL in lower case, with its port where one is given
 * @throws DavError 400 when absent, and what `parsePath` throws; 502 for another server
 */
export function parseDestination(value: string | undefined, acceptsHost: (host: string) => boolean): ParsedPath {
  const destination = value?.trim() ?? '';
  if (destination === '') throw badRequest('The Destination header is missing.');
  const origin = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(destination);
  if (origin !== null) {
    const isWeb = /^https?$/i.test(origin[1] ?? '');
    if (!isWeb || !acceptsHost((origin[2] ?? '').toLowerCase())) throw elsewhere();
  }
  return parsePath(destination);
}

function elsewhere(): DavError {
  return new DavError(502, { detail: 'The Destination is on another server.' });
}
