import { escapeAttribute, escapeText } from './escape-text.js';
import { localNameOf, namespaceOf, type PropertyName, xmlNamespace } from './names.js';
import { prefixOf } from './prefixes.js';
import type { XmlElement } from './xml-element.js';

/**
 * An element as XML text that means the same wherever it is put: it declares every namespace that it needs. With
 * `declared` the prefixes d:, c:, cs: and a: are taken as declared by an element around it.
 */
export function writeElement(element: XmlElement, declared = false): string {
  return write(element, declared, undefined);
}

/** `inherited`: the default namespace around the element; undefined when unknown. */
function write(element: XmlElement, declared: boolean, inherited: string | undefined): string {
  const prefix = elementPrefix(element.namespace, declared);
  const name = prefix === undefined ? element.local : `${prefix}:${element.local}`;
  const declares = prefix === undefined && element.namespace !== inherited;
  let xml = `<${name}`;
  if (declares) xml += ` xmlns="${escapeAttribute(element.namespace)}"`;
  xml += writeAttributes(element.attributes, declared);
  if (element.children.length === 0) return `${xml}/>`;
  xml += '>';
  const inside = prefix === undefined ? element.namespace : inherited;
  for (const child of element.children) {
    xml += typeof child === 'string' ? escapeText(child) : write(child, declared, inside);
  }
  return `${xml}</${name}>`;
}

function elementPrefix(namespace: string, declared: boolean): string | undefined {
  if (namespace === xmlNamespace) return 'xml';
  return declared ? prefixOf(namespace) : undefined;
}

function writeAttributes(attributes: XmlElement['attributes'], declared: boolean): string {
  let xml = '';
  let count = 0;
  for (const key of Object.keys(attributes)) {
    const value = escapeAttribute(attributes[key] ?? '');
    if (!key.startsWith('{')) {
      xml += ` ${key}="${value}"`;
      continue;
    }
    const namespace = namespaceOf(key as PropertyName);
    let prefix = elementPrefix(namespace, declared);
    if (prefix === undefined) {
      prefix = `n${count++}`;
      xml += ` xmlns:${prefix}="${escapeAttribute(namespace)}"`;
    }
    xml += ` ${prefix}:${localNameOf(key as PropertyName)}="${value}"`;
  }
  return xml;
}
