import { childElements, parseXml, textOf, type XmlElement } from '@almanac/dav-protocol';
import type { Dav, DavAnswer, DavOptions } from '../support/dav-client.js';

/** Prefixes of the request bodies and of the names in assertions. */
const prefixes: Readonly<Record<string, string>> = {
  d: 'DAV:',
  c: 'urn:ietf:params:xml:ns:caldav',
  cs: 'http://calendarserver.org/ns/',
  a: 'http://apple.com/ns/ical/',
  x: 'urn:example:x',
};

const declarations = Object.entries(prefixes)
  .map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
  .join('');

/** A request body; `root` may carry attributes. */
export const xml = (root: string, inside = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?><${root}${declarations}>${inside}</${root.split(' ', 1)[0]}>`;

export const props = (...names: string[]): string => `<d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop>`;

/** `d:getetag` for `{DAV:}getetag`; names of other namespaces stay as they are. */
export function short(name: string): string {
  const [, namespace, local] = /^\{(.*)\}([^}]*)$/.exec(name) ?? [];
  const known = Object.entries(prefixes).find(([, uri]) => uri === namespace);
  return known === undefined ? name : `${known[0]}:${local}`;
}

export interface DavResponse {
  readonly href: string;
  /** Of the whole response, e.g. 404 for a removed member. */
  readonly status: number | null;
  /** Properties that were found. */
  readonly found: Readonly<Record<string, XmlElement>>;
  /** The status of every property that was not. */
  readonly failed: Readonly<Record<string, number>>;
  /** Precondition elements, of the response or of its propstats. */
  readonly errors: readonly string[];
}

/** What a multistatus says, resource by resource. */
export function responses({ status, body }: DavAnswer): readonly DavResponse[] {
  if (status !== 207) throw new Error(`expected a multistatus, not ${status}: ${body}`);
  return children(parseXml(body), 'd:response').map(readResponse);
}

function readResponse(element: XmlElement): DavResponse {
  const found: Record<string, XmlElement> = {};
  const failed: Record<string, number> = {};
  const propstats = children(element, 'd:propstat');
  for (const propstat of propstats) {
    const status = statusIn(propstat) ?? 0;
    for (const property of children(propstat, 'd:prop').flatMap(childElements)) {
      if (status === 200) found[short(property.name)] = property;
      else failed[short(property.name)] = status;
    }
  }
  const errors = [element, ...propstats].flatMap((part) => children(part, 'd:error')).flatMap(childElements);
  const href = textOf(children(element, 'd:href')[0] as XmlElement);
  return { href, status: statusIn(element), found, failed, errors: errors.map(({ name }) => short(name)) };
}

function statusIn(element: XmlElement): number | null {
  const line = children(element, 'd:status')[0];
  return line === undefined ? null : Number(textOf(line).split(' ')[1]);
}

export const children = (element: XmlElement, name: string): readonly XmlElement[] =>
  childElements(element).filter((child) => short(child.name) === name);

/** The elements of that name at any depth. */
export const descendants = (element: XmlElement, name: string): readonly XmlElement[] =>
  childElements(element).flatMap((child) => [
    ...(short(child.name) === name ? [child] : []),
    ...descendants(child, name),
  ]);

/** All text inside, at any depth. */
export const deepText = (element: XmlElement | undefined): string | undefined =>
  element?.children.map((child) => (typeof child === 'string' ? child : deepText(child))).join('');

/** The names of the child elements. */
export const childNames = (element: XmlElement | undefined): readonly string[] =>
  element === undefined ? [] : childElements(element).map(({ name }) => short(name));

/** The texts of the DAV:hrefs inside. */
export const hrefsIn = (element: XmlElement | undefined): readonly string[] =>
  element === undefined ? [] : descendants(element, 'd:href').map(textOf);

/** Status and precondition of an answer, such as `403 c:no-uid-conflict`. */
export function refusal({ status, body }: DavAnswer): string {
  const root = body.startsWith('<?xml') ? parseXml(body) : null;
  if (root === null || short(root.name) !== 'd:error') return String(status);
  const [element] = childElements(root).filter(({ local }) => local !== 'message');
  return element === undefined ? String(status) : `${status} ${short(element.name)}`;
}

/** The one resource that a PROPFIND with Depth: 0 tells of. */
export async function propfind(dav: Dav, path: string, ...names: string[]): Promise<DavResponse> {
  const answer = await dav('PROPFIND', path, { headers: { depth: '0' }, body: xml('d:propfind', props(...names)) });
  return responses(answer)[0] as DavResponse;
}

/** The text of one property; undefined when it is not there. */
export const property = async (dav: Dav, path: string, name: string): Promise<string | undefined> =>
  deepText((await propfind(dav, path, name)).found[name]);

/** The resources that a PROPFIND with Depth: 1 lists, with those properties. */
export async function list(dav: Dav, path: string, ...names: string[]): Promise<readonly DavResponse[]> {
  return responses(await dav('PROPFIND', path, { headers: { depth: '1' }, body: xml('d:propfind', props(...names)) }));
}

export const report = (dav: Dav, path: string, body: string, headers: DavOptions['headers'] = {}): Promise<DavAnswer> =>
  dav('REPORT', path, { headers: { depth: '1', ...headers }, body });

export const proppatch = (dav: Dav, path: string, inside: string, headers = {}): Promise<DavAnswer> =>
  dav('PROPPATCH', path, { headers, body: xml('d:propertyupdate', inside) });

export const set = (...inside: string[]): string => `<d:set><d:prop>${inside.join('')}</d:prop></d:set>`;
export const remove = (...names: string[]): string => `<d:remove>${props(...names)}</d:remove>`;

/** Calendar data where the answer has the properties of a report. */
export const dataIn = ({ found }: DavResponse): string => deepText(found['c:calendar-data']) ?? '';

/** For `sort`, where the order itself is of no interest. */
export const byText = (left: unknown, right: unknown): number => (String(left) < String(right) ? -1 : 1);
