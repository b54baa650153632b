import type { IncomingMessage } from 'node:http';
import {
  parseDepth,
  parseDestination,
  parseEntityTags,
  parseIf,
  parseOverwrite,
  parsePath,
  parsePrefer,
} from '@almanac/dav-protocol';
import type { DavRequest } from './dav-request.js';
import { readOctets, readXml } from './read-body.js';

/**
 * Parses at the door: header strings end here.
 * @throws DavError for what cannot be understood
 */
export function readRequest(message: IncomingMessage): DavRequest {
  const header = (name: string): string | undefined => {
    const value = message.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  return {
    method: message.method ?? '',
    path: parsePath(message.url ?? ''),
    depth: (fallback) => parseDepth(header('depth'), fallback),
    ifMatch: parseEntityTags(header('if-match')),
    ifNoneMatch: parseEntityTags(header('if-none-match')),
    ifModifiedSince: parseDate(header('if-modified-since')),
    ifUnmodifiedSince: parseDate(header('if-unmodified-since')),
    if: parseIf(header('if')),
    overwrite: parseOverwrite(header('overwrite')),
    destination: (hosts) =>
      parseDestination(header('destination'), (host) =>
        [withoutPort(hostOf(message)), ...hosts].includes(withoutPort(host)),
      ),
    prefer: parsePrefer(header('prefer'), header('brief')),
    contentType: header('content-type'),
    partial: header('content-range') !== undefined,
    userAgent: header('user-agent'),
    xml: () => readXml(message),
    octets: (limit) => readOctets(message, limit),
  };
}

/** Milliseconds since 1970; a date that cannot be read is as good as none (RFC 9110 13.1.3). */
function parseDate(value: string | undefined): number | null {
  const time = Date.parse(value ?? '');
  return Number.isNaN(time) ? null : time;
}

/** The host that the client asked for, lower case, with its port where it gave one. */
export const hostOf = (message: IncomingMessage): string => (message.headers.host ?? '').toLowerCase();

export const withoutPort = (host: string): string => host.replace(/:\d+$/, '');
