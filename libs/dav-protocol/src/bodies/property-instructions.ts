import { badRequest } from '../dav-error.js';
import { dav, type PropertyName, xmlLang } from '../names.js';
import { childElements, childrenNamed, type XmlElement } from '../xml-element.js';

/** One change of a property, as PROPPATCH, MKCALENDAR and extended MKCOL ask for it. */
export type PropertyInstruction =
  | { readonly kind: 'set'; readonly name: PropertyName; readonly element: XmlElement }
  | { readonly kind: 'remove'; readonly name: PropertyName };

/**
 * The instructions inside DAV:set and DAV:remove, in document order (RFC 4918 9.2); an xml:lang around a value becomes
 * part of it (4.3).
 * @throws DavError 400 for a DAV:set or DAV:remove without DAV:prop
 */
export function instructionsIn(root: XmlElement, kinds: readonly ('set' | 'remove')[]): readonly PropertyInstruction[] {
  const instructions: PropertyInstruction[] = [];
  for (const group of childElements(root)) {
    const kind = kinds.find((one) => group.name === dav(one));
    if (kind === undefined) continue;
    const props = childrenNamed(group, dav('prop'));
    if (props.length === 0) throw badRequest(`DAV:${kind} needs a DAV:prop element.`);
    for (const prop of props) {
      const lang = prop.attributes[xmlLang] ?? group.attributes[xmlLang] ?? root.attributes[xmlLang];
      for (const element of childElements(prop)) instructions.push(instruction(kind, element, lang));
    }
  }
  return instructions;
}

function instruction(kind: 'set' | 'remove', element: XmlElement, lang: string | undefined): PropertyInstruction {
  if (kind === 'remove') return { kind, name: element.name };
  if (lang === undefined || element.attributes[xmlLang] !== undefined) return { kind, name: element.name, element };
  const attributes = Object.assign(Object.create(null), element.attributes, { [xmlLang]: lang });
  return { kind, name: element.name, element: { ...element, attributes } };
}
