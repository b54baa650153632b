import type { PropertyName } from './names.js';

/** One element of a parsed body. Comments and processing instructions are gone, CDATA is text, adjacent text is one string. */
export interface XmlElement {
  /** Clark notation, e.g. `{DAV:}prop`. */
  readonly name: PropertyName;
  readonly namespace: string;
  readonly local: string;
  /** By Clark name, or by the bare local name where the attribute has no namespace; declarations (`xmlns…`) are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** The child elements without the text between them, in document order. */
export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

export function childrenNamed(element: XmlElement, name: PropertyName): readonly XmlElement[] {
  return childElements(element).filter((child) => child.name === name);
}

/** The first child of that name; undefined if there is none. */
export function childNamed(element: XmlElement, name: PropertyName): XmlElement | undefined {
  return element.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** The text directly inside the element, untrimmed; text inside child elements does not count. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) if (typeof child === 'string') text += child;
  return text;
}
