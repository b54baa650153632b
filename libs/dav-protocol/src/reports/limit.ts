import { badRequest } from '../dav-error.js';
import { calendarServer, dav } from '../names.js';
import { childNamed, textOf, type XmlElement } from '../xml-element.js';

/**
 * DAV:limit with DAV:nresults (RFC 5323 5.17, RFC 6578 3.7), in Apple's namespace as well; null when there is none.
 * @throws DavError 400 when it is not a positive whole number
 */
export function parseLimit(root: XmlElement): number | null {
  const limit = childNamed(root, dav('limit')) ?? childNamed(root, calendarServer('limit'));
  if (limit === undefined) return null;
  const count = childNamed(limit, dav('nresults')) ?? childNamed(limit, calendarServer('nresults'));
  if (count === undefined) throw badRequest('DAV:limit needs a DAV:nresults element.');
  const text = textOf(count).trim();
  if (!/^0*[1-9]\d{0,14}$/.test(text)) throw badRequest('DAV:nresults must be a positive whole number.');
  return Number(text);
}
