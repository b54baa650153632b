import type { PropertyRequest } from '../bodies/property-request.js';
import { dav, type PropertyName } from '../names.js';
import { childElements, type XmlElement } from '../xml-element.js';

/** What a search consists of; everything beside it has no meaning in RFC 3744 9.4. */
const known: ReadonlySet<PropertyName> = new Set(
  ['prop', 'property-search', 'apply-to-principal-collection-set', 'limit', 'allprop', 'propname', 'include'].map(dav),
);

/**
 * python-caldav (seen in 3.6) closes DAV:prop before the names that it asks for, and finds nobody when they are not
 * answered. Only an empty DAV:prop gives way to what stands beside it.
 */
export function withStrayNames(request: PropertyRequest, root: XmlElement): PropertyRequest {
  if (request.kind !== 'prop' || request.names.length > 0) return request;
  const stray = childElements(root).map(({ name }) => name);
  return { kind: 'prop', names: stray.filter((name) => !known.has(name)) };
}
