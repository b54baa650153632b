import { badRequest, DavError } from '../dav-error.js';
import { dav, type PropertyName } from '../names.js';
import { childElements, childNamed, type XmlElement } from '../xml-element.js';

/** Which properties the client wants (RFC 4918 14.20): named ones, all that are not costly, or only the names. */
export type PropertyRequest =
  | { readonly kind: 'prop'; readonly names: readonly PropertyName[] }
  | { readonly kind: 'allprop'; readonly include: readonly PropertyName[] }
  | { readonly kind: 'propname' };

/**
 * The DAV:prop, DAV:allprop or DAV:propname inside a PROPFIND or REPORT body; null when it has none.
 * @throws DavError 400 when it has more than one of them
 */
export function propertyRequestIn(parent: XmlElement): PropertyRequest | null {
  const prop = childNamed(parent, dav('prop'));
  const all = childNamed(parent, dav('allprop'));
  const names = childNamed(parent, dav('propname'));
  if ([prop, all, names].filter((choice) => choice !== undefined).length > 1) {
    throw badRequest(`${parent.local} may have only one of DAV:prop, DAV:allprop and DAV:propname.`);
  }
  if (prop !== undefined) return { kind: 'prop', names: propertyNamesIn(prop) };
  if (names !== undefined) return { kind: 'propname' };
  if (all === undefined) return null;
  const include = childNamed(parent, dav('include'));
  return { kind: 'allprop', include: include === undefined ? [] : propertyNamesIn(include) };
}

/** Each name is answered for each resource: clients ask for some dozens. */
const maxNames = 300;

/**
 * The names of the child elements, each once, in document order.
 * @throws DavError 413 when there are too many
 */
export function propertyNamesIn(element: XmlElement): readonly PropertyName[] {
  const names = [...new Set(childElements(element).map((child) => child.name))];
  if (names.length > maxNames) throw new DavError(413, { detail: `Ask for ${maxNames} properties at most.` });
  return names;
}
