/** A qualified XML name in Clark notation, e.g. `{DAV:}getetag`; `{}x` is a name in no namespace. */
export type PropertyName = `{${string}}${string}`;

export const namespaces = {
  dav: 'DAV:',
  caldav: 'urn:ietf:params:xml:ns:caldav',
  calendarServer: 'http://calendarserver.org/ns/',
  apple: 'http://apple.com/ns/ical/',
  almanac: 'https://almanac.example/ns/',
} as const;

/** The namespace of `xml:lang`, bound to the prefix `xml` in every document (Namespaces in XML 1.0, section 3). */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** The attribute `xml:lang` as a key of `XmlElement.attributes`. */
export const xmlLang: PropertyName = `{${xmlNamespace}}lang`;

export function dav(local: string): PropertyName {
  return `{DAV:}${local}`;
}

export function caldav(local: string): PropertyName {
  return `{urn:ietf:params:xml:ns:caldav}${local}`;
}

export function calendarServer(local: string): PropertyName {
  return `{http://calendarserver.org/ns/}${local}`;
}

export function apple(local: string): PropertyName {
  return `{http://apple.com/ns/ical/}${local}`;
}

export function almanac(local: string): PropertyName {
  return `{https://almanac.example/ns/}${local}`;
}

/** The namespace of a Clark name, '' for none. A namespace may contain `}`, a local name never does. */
export function namespaceOf(name: PropertyName): string {
  return name.slice(1, name.lastIndexOf('}'));
}

export function localNameOf(name: PropertyName): string {
  return name.slice(name.lastIndexOf('}') + 1);
}
