import { propertyNamesIn } from '../bodies/property-request.js';
import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml-element.js';
import { parseLimit } from './limit.js';
import { parseMatchType } from './match-type.js';
import { optionalProperties } from './optional-properties.js';
import type { PrincipalPropertySearch, PrincipalSearch } from './report-request.js';
import { withStrayNames } from './stray-properties.js';

/** DAV:principal-property-search (RFC 3744 9.4), with Apple's `test`, `match-type` and limit; without any search it means all. */
export function parsePrincipalPropertySearch(root: XmlElement): PrincipalPropertySearch {
  const searches = childrenNamed(root, dav('property-search')).map(parseSearch);
  return {
    kind: 'principal-property-search',
    test: parseTest(root),
    searches,
    properties: withStrayNames(optionalProperties(root), root),
    applyToPrincipalCollectionSet: childNamed(root, dav('apply-to-principal-collection-set')) !== undefined,
    limit: parseLimit(root),
  };
}

function parseSearch(element: XmlElement): PrincipalSearch {
  const prop = childNamed(element, dav('prop'));
  const match = childNamed(element, dav('match'));
  const names = prop === undefined ? [] : propertyNamesIn(prop);
  if (names.length === 0) throw badRequest('DAV:property-search needs a DAV:prop that names a property.');
  if (match === undefined) throw badRequest('DAV:property-search needs a DAV:match.');
  return { names, match: textOf(match).trim(), matchType: parseMatchType(match) };
}

function parseTest(root: XmlElement): 'allof' | 'anyof' {
  const test = root.attributes['test']?.trim().toLowerCase() ?? 'allof';
  if (test !== 'allof' && test !== 'anyof') throw badRequest('The test attribute must be allof or anyof.');
  return test;
}
