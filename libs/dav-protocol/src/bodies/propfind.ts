import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import type { XmlElement } from '../xml-element.js';
import { type PropertyRequest, propertyRequestIn } from './property-request.js';

/**
 * A PROPFIND body (RFC 4918 9.1, 14.20); none at all means all properties.
 * @throws DavError 400 when the root is not DAV:propfind or it does not say which properties
 */
export function parsePropfind(root: XmlElement | null): PropertyRequest {
  if (root === null) return { kind: 'allprop', include: [] };
  if (root.name !== dav('propfind')) throw badRequest('The body of PROPFIND must be a DAV:propfind element.');
  const request = propertyRequestIn(root);
  if (request === null) throw badRequest('DAV:propfind needs one of DAV:prop, DAV:allprop and DAV:propname.');
  return request;
}
