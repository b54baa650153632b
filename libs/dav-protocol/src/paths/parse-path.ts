import { badRequest, DavError } from '../dav-error.js';

/** A request path, decoded. */
export interface ParsedPath {
  /** Percent-decoded, none empty; no segments is the root. */
  readonly segments: readonly string[];
  readonly trailingSlash: boolean;
}

/** The longest name of a resource, in octets of UTF-8: the limit of common file systems. */
export const maxSegmentBytes = 255;

/**
 * A request target or the text of a DAV:href: a path or an absolute URL, of which only the path counts; query and
 * fragment are dropped. All spellings of a path give the same segments (RFC 3986 6.2.2).
 * @throws DavError 400 for a bad escape, invalid UTF-8, control characters, an encoded slash, `.` and `..`; 404 for an
 *   empty segment inside the path, as no resource has an empty name; 414 for a segment over `maxSegmentBytes`.
 */
export function parsePath(rawUrl: string): ParsedPath {
  const path = pathOf(rawUrl);
  if (path === '/') return { segments: [], trailingSlash: true };
  const trailingSlash = path.endsWith('/');
  const raw = path.slice(1, trailingSlash ? -1 : undefined).split('/');
  return { segments: raw.map(decodeSegment), trailingSlash };
}

function pathOf(rawUrl: string): string {
  const withoutOrigin = rawUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const end = withoutOrigin.search(/[?#]/);
  const path = end < 0 ? withoutOrigin : withoutOrigin.slice(0, end);
  if (path === '' && withoutOrigin !== rawUrl) return '/';
  if (!path.startsWith('/')) throw badRequest('The path must start with a slash.');
  return path;
}

function decodeSegment(raw: string): string {
  if (raw === '') throw new DavError(404, { detail: 'The path has an empty segment.' });
  const segment = raw.includes('%') ? percentDecode(raw) : raw;
  if (segment === '.' || segment === '..') throw badRequest('The path has a dot segment.');
  if (segment.includes('/')) throw badRequest('The path has an encoded slash.');
  if (/\p{Cc}/u.test(segment)) throw badRequest('The path has a control character.');
  if (!segment.isWellFormed()) throw badRequest('The path is not valid Unicode.');
  if (byteLength(segment) > maxSegmentBytes) throw tooLong();
  return segment;
}

function percentDecode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch (error) {
    throw badRequest('The path has a malformed percent-encoding or is not UTF-8.', error);
  }
}

function byteLength(segment: string): number {
  return segment.length * 3 <= maxSegmentBytes ? segment.length : new TextEncoder().encode(segment).length;
}

function tooLong(): DavError {
  return new DavError(414, { detail: `A name in the path is longer than ${maxSegmentBytes} octets.` });
}
