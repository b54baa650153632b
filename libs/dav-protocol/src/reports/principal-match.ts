import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import { childElements, childNamed, type XmlElement } from '../xml-element.js';
import { optionalProperties } from './optional-properties.js';
import type { PrincipalMatch } from './report-request.js';

/** DAV:principal-match (RFC 3744 9.3): the resources that are the current user, or that a property says are theirs. */
export function parsePrincipalMatch(root: XmlElement): PrincipalMatch {
  const self = childNamed(root, dav('self')) !== undefined;
  const property = childNamed(root, dav('principal-property'));
  if (self === (property !== undefined)) {
    throw badRequest('DAV:principal-match needs either DAV:self or DAV:principal-property.');
  }
  const named = property === undefined ? undefined : childElements(property)[0];
  if (!self && named === undefined) throw badRequest('DAV:principal-property needs to name a property.');
  return {
    kind: 'principal-match',
    self,
    principalProperty: named?.name ?? null,
    properties: optionalProperties(root),
  };
}
