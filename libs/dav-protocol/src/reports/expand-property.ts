import { badRequest } from '../dav-error.js';
import { dav, namespaces, type PropertyName } from '../names.js';
import { childrenNamed, type XmlElement } from '../xml-element.js';
import { isXmlName } from '../xml-name.js';
import type { ExpandedProperty, ExpandProperty } from './report-request.js';

/** DAV:expand-property (RFC 3253 3.8). */
export function parseExpandProperty(root: XmlElement): ExpandProperty {
  return { kind: 'expand-property', properties: propertiesIn(root) };
}

function propertiesIn(element: XmlElement): readonly ExpandedProperty[] {
  return childrenNamed(element, dav('property')).map((property) => ({
    name: nameOf(property),
    properties: propertiesIn(property),
  }));
}

/** The name comes as attributes, so it is checked here: it will be written as an element. */
function nameOf(property: XmlElement): PropertyName {
  const local = property.attributes['name'] ?? '';
  const namespace = property.attributes['namespace'] ?? namespaces.dav;
  if (!isXmlName(local) || namespace === 'http://www.w3.org/2000/xmlns/') {
    throw badRequest('DAV:property in DAV:expand-property needs the name of an XML element.');
  }
  return `{${namespace}}${local}`;
}
