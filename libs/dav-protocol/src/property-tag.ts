import { escapeAttribute } from './escape-text.js';
import { localNameOf, namespaceOf, type PropertyName } from './names.js';
import { prefixOf } from './prefixes.js';

/** The three spellings of a tag, for use inside an element that declares the well-known prefixes. */
export interface PropertyTag {
  readonly open: string;
  readonly close: string;
  readonly empty: string;
}

/** The tag of a name: prefixed where the namespace is well known, else declaring its namespace itself. */
export function propertyTag(name: PropertyName): PropertyTag {
  const local = localNameOf(name);
  const namespace = namespaceOf(name);
  const prefix = prefixOf(namespace);
  if (prefix !== undefined) {
    const qualified = `${prefix}:${local}`;
    return { open: `<${qualified}>`, close: `</${qualified}>`, empty: `<${qualified}/>` };
  }
  const start = `<${local} xmlns="${escapeAttribute(namespace)}"`;
  return { open: `${start}>`, close: `</${local}>`, empty: `${start}/>` };
}

/** A property element around inner XML that is already escaped; '' makes an empty element. */
export function property(name: PropertyName, innerXml: string): string {
  const tag = propertyTag(name);
  return innerXml === '' ? tag.empty : tag.open + innerXml + tag.close;
}

/** `property` for one name and many values: the tags are built once. */
export function propertyWriter(name: PropertyName): (innerXml: string) => string {
  const { open, close, empty } = propertyTag(name);
  return (innerXml) => (innerXml === '' ? empty : open + innerXml + close);
}
