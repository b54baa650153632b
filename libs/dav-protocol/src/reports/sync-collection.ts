import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import { childNamed, textOf, type XmlElement } from '../xml-element.js';
import { parseLimit } from './limit.js';
import type { SyncCollection } from './report-request.js';
import { parseRequestedData } from './requested-data.js';

/** DAV:sync-collection (RFC 6578 3.2, 6.1); a client of the draft that sends no level means level 1 (appendix A). */
export function parseSyncCollection(root: XmlElement): SyncCollection {
  const token = childNamed(root, dav('sync-token'));
  if (token === undefined) throw badRequest('DAV:sync-collection needs a DAV:sync-token.');
  if (childNamed(root, dav('prop')) === undefined) throw badRequest('DAV:sync-collection needs a DAV:prop.');
  return {
    kind: 'sync-collection',
    ...parseRequestedData(root),
    token: textOf(token).trim(),
    level: parseLevel(root),
    limit: parseLimit(root),
  };
}

function parseLevel(root: XmlElement): '1' | 'infinite' {
  const level = childNamed(root, dav('sync-level'));
  const text = level === undefined ? '1' : textOf(level).trim().toLowerCase();
  if (text === '1') return '1';
  if (text === 'infinite' || text === 'infinity') return 'infinite';
  throw badRequest('DAV:sync-level must be 1 or infinite.');
}
