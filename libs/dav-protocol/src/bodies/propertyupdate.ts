import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import { childNamed, type XmlElement } from '../xml-element.js';
import { instructionsIn, type PropertyInstruction } from './property-instructions.js';

/**
 * A PROPPATCH body (RFC 4918 9.2, 14.19); the instructions are to be done in this order, all or none.
 * @throws DavError 400 when the root is not DAV:propertyupdate or it has neither DAV:set nor DAV:remove
 */
export function parsePropertyupdate(root: XmlElement): readonly PropertyInstruction[] {
  if (root.name !== dav('propertyupdate')) {
    throw badRequest('The body of PROPPATCH must be a DAV:propertyupdate element.');
  }
  if (childNamed(root, dav('set')) === undefined && childNamed(root, dav('remove')) === undefined) {
    throw badRequest('DAV:propertyupdate needs a DAV:set or a DAV:remove element.');
  }
  return instructionsIn(root, ['set', 'remove']);
}
