import { badRequest } from '../dav-error.js';
import { caldav } from '../names.js';
import type { XmlElement } from '../xml-element.js';
import { instructionsIn, type PropertyInstruction } from './property-instructions.js';

/**
 * A MKCALENDAR body (RFC 4791 5.3.1, 9.2): properties to set on the new calendar; none without a body.
 * @throws DavError 400 when the root is not CALDAV:mkcalendar
 */
export function parseMkcalendar(root: XmlElement | null): readonly PropertyInstruction[] {
  if (root === null) return [];
  if (root.name !== caldav('mkcalendar')) {
    throw badRequest('The body of MKCALENDAR must be a CALDAV:mkcalendar element.');
  }
  return instructionsIn(root, ['set']);
}
