import type { IncomingMessage } from 'node:http';
import {
  dispositionFilename,
  parseDepth,
  parseDestination,
  parseEntityTags,
  parseIf,
  parseOverwrite,
  parsePath,
  parsePrefer,
} from '@almanac/dav-protocol';
import type { DavRequest } from './dav-request.js';
import { readJson, readPieces, readXml } from './read-body.js';

/** How the server's own address is known. */
export interface OriginSettings {
  /** Scheme and authority, without a slash at the end; null: what requests say. */
  readonly publicUrl: string | null;
  readonly trustProxy: boolean;
}

/**
 * Parses at the door: header strings end here.
 * @throws DavError for what cannot be understood
 */
export function readRequest(message: IncomingMessage, base: OriginSettings): DavRequest {
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
    contentLength: parseLength(header('content-length')),
    filename: dispositionFilename(header('content-disposition')),
    query: queryOf(message),
    range: { range: header('range'), ifRange: header('if-range') },
    origin: originOf(message, base),
    crossSite: header('sec-fetch-site') === 'cross-site',
    partial: header('content-range') !== undefined,
    userAgent: header('user-agent'),
    xml: () => readXml(message),
    json: () => readJson(message),
    body: () => readPieces(message),
  };
}

/** Milliseconds since 1970; a date that cannot be read is as good as none (RFC 9110 13.1.3). */
function parseDate(value: string | undefined): number | null {
  const time = Date.parse(value ?? '');
  return Number.isNaN(time) ? null : time;
}

const parseLength = (value: string | undefined): number | null => (value === undefined ? null : Number(value));

const queryOf = ({ url = '' }: IncomingMessage): URLSearchParams => {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1).replace(/#.*$/s, ''));
};

/** Behind a proxy of ours, that says how the client came. */
export function originOf(message: IncomingMessage, { publicUrl, trustProxy }: OriginSettings): string {
  if (publicUrl !== null) return publicUrl;
  const forwarded = message.headers['x-forwarded-proto'];
  const secure = 'encrypted' in message.socket || (trustProxy && /(^|[\s,])https$/i.test(String(forwarded ?? '')));
  return `${secure ? 'https' : 'http'}://${hostOf(message)}`;
}

/** The host that the client asked for, lower case, with its port where it gave one. */
export const hostOf = (message: IncomingMessage): string => (message.headers.host ?? '').toLowerCase();

export const withoutPort = (host: string): string => host.replace(/:\d+$/, '');
