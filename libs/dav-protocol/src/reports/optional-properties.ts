import { type PropertyRequest, propertyRequestIn } from '../bodies/property-request.js';
import type { XmlElement } from '../xml-element.js';

/** The properties that a report asks for where its definition lets it ask for none. */
export function optionalProperties(root: XmlElement): PropertyRequest {
  return propertyRequestIn(root) ?? { kind: 'prop', names: [] };
}
