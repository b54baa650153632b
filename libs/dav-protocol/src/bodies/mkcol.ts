import { DavError } from '../dav-error.js';
import { dav } from '../names.js';
import type { XmlElement } from '../xml-element.js';
import { instructionsIn, type PropertyInstruction } from './property-instructions.js';

/**
 * An extended MKCOL body (RFC 5689 5.1): properties to set, DAV:resourcetype among them; null for a plain MKCOL.
 * @throws DavError 415 when the root is not DAV:mkcol (RFC 4918 9.3)
 */
export function parseMkcol(root: XmlElement | null): readonly PropertyInstruction[] | null {
  if (root === null) return null;
  if (root.name !== dav('mkcol')) {
    throw new DavError(415, { detail: 'The body of MKCOL must be a DAV:mkcol element.' });
  }
  return instructionsIn(root, ['set']);
}
