import type { XmlElement } from '../xml-element.js';
import { optionalProperties } from './optional-properties.js';
import type { AclPrincipalPropSet } from './report-request.js';

/** DAV:acl-principal-prop-set (RFC 3744 9.2): properties of the principals that the access control list names. */
export function parseAclPrincipalPropSet(root: XmlElement): AclPrincipalPropSet {
  return { kind: 'acl-principal-prop-set', properties: optionalProperties(root) };
}
