import type { CollectionRecord, PropertyValue } from '@almanac/contracts';
import { escapeText, type PropertyName, type XmlElement } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import type { DavResource, ResourceKind } from '../resources/resource.js';

type ResourceOf<Kind extends ResourceKind> = Extract<DavResource, { kind: Kind }>;

/**
 * The value as inner XML with the well-known prefixes; undefined where the resource has no such property.
 * Members are many: theirs are never waited for.
 */
export type ReadProperty<Kind extends ResourceKind> = (
  resource: ResourceOf<Kind>,
  context: RequestContext,
) => string | undefined | (Kind extends 'member' ? never : Promise<string | undefined>);

/** How a client may set a property. */
export interface WriteProperty {
  /** Of what; left out: of a collection alone. */
  readonly on?: readonly ResourceKind[];
  /**
   * The value to keep.
   * @throws DavError for one that the property cannot have
   */
  parse(element: XmlElement): PropertyValue;
}

/** A property that the server knows (RFC 4918 3); a row of the table in `live-properties.ts`. */
export interface LiveProperty {
  readonly name: PropertyName;
  /** Costly or long ones are given only by name (RFC 4918 9.1, RFC 4791 5.2). */
  readonly inAllprop: boolean;
  readonly read: { readonly [Kind in ResourceKind]?: ReadProperty<Kind> };
  /** Left out: protected. */
  readonly write?: WriteProperty;
}

/** The text that PROPPATCH or MKCALENDAR left for a property. */
export function textProperty(collection: CollectionRecord, name: PropertyName): string | undefined {
  const value = collection.properties[name];
  return value !== undefined && 'text' in value ? value.text : undefined;
}

/** A property that holds the text that a client has set. */
export const settableText = (
  name: PropertyName,
  parse: (text: string, element: XmlElement) => string,
): LiveProperty => ({
  name,
  inAllprop: false,
  read: {
    collection: ({ collection }) => {
      const text = textProperty(collection, name);
      return text === undefined ? undefined : escapeText(text);
    },
  },
  write: { parse: (element) => ({ text: parse(textContent(element), element) }) },
});

/** The text of an element and of those in it, as it is. */
export function textContent(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textContent(child))).join('');
}

/** The same reader for resources of several kinds. */
export function readerFor<Kind extends ResourceKind>(
  kinds: readonly Kind[],
  read: (resource: ResourceOf<Kind>, context: RequestContext) => string | undefined,
): { readonly [K in Kind]: ReadProperty<K> } {
  return Object.fromEntries(kinds.map((kind) => [kind, read])) as unknown as { readonly [K in Kind]: ReadProperty<K> };
}

export const everyKind: readonly ResourceKind[] = [
  'root',
  'homes',
  'principals',
  'principal',
  'home',
  'collection',
  'member',
];
