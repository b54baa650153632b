import { badRequest } from '../dav-error.js';

export type Depth = 0 | 1 | 'infinity';

/**
 * The Depth header (RFC 4918 10.2); `fallback` is the method's own default.
 * @throws DavError 400 for any other value
 */
export function parseDepth(value: string | undefined, fallback: Depth): Depth {
  if (value === undefined) return fallback;
  switch (value.trim().toLowerCase()) {
    case '0':
      return 0;
    case '1':
      return 1;
    case 'infinity':
      return 'infinity';
    default:
      throw badRequest('The Depth header must be 0, 1 or infinity.');
  }
}
