import { newId } from './new-id.js';
import { codeIn, Refused, send } from './request.js';

/** What the tree of folders is changed with: CalDAV itself (RFC 4791 5.3.1, RFC 4918 9.2). */

const namespaces =
  'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:a="http://apple.com/ns/ical/" xmlns:m="https://almanac.example/ns/"';

const escape = (text: string): string => text.replace(/[&<>"]/g, (special) => `&#${special.charCodeAt(0)};`);

/** Null takes away what is there. */
export interface FolderChanges {
  readonly name?: string;
  readonly color?: string | null;
  /** The URL of the folder above. */
  readonly parent?: string | null;
}

interface AllChanges extends FolderChanges {
  /** Among the folders beside it. */
  readonly order?: number | null;
}

const tags = {
  name: 'd:displayname',
  color: 'a:calendar-color',
  parent: 'm:parent-folder',
  order: 'a:calendar-order',
} as const;

function properties(changes: AllChanges): string {
  const tagged = (Object.keys(tags) as (keyof AllChanges)[]).map((name) => [name, changes[name]] as const);
  return tagged
    .map(([name, value]) => {
      if (value == null) return '';
      const text = name === 'parent' ? `<d:href>${escape(String(value))}</d:href>` : escape(String(value));
      return `<${tags[name]}>${text}</${tags[name]}>`;
    })
    .join('');
}

/** Those that are to go. */
const removals = (changes: AllChanges): string =>
  (Object.keys(tags) as (keyof AllChanges)[])
    .map((name) => (changes[name] === null ? `<${tags[name]}/>` : ''))
    .join('');

const xml = { type: 'application/xml; charset=utf-8' };

/** Makes a folder for appointments or tasks, and says where it is. */
export async function makeFolder(home: string, component: string, changes: FolderChanges): Promise<string> {
  const href = `${home}${newId()}/`;
  const set = `<c:supported-calendar-component-set><c:comp name="${component}"/></c:supported-calendar-component-set>`;
  const text = `<c:mkcalendar ${namespaces}><d:set><d:prop>${properties(changes)}${set}</d:prop></d:set></c:mkcalendar>`;
  await send('MKCALENDAR', href, { ...xml, text });
  return href;
}

/** @throws Refused when one of the properties cannot be set */
export async function changeFolder(href: string, changes: AllChanges): Promise<void> {
  const part = (kind: string, inner: string) =>
    inner === '' ? '' : `<d:${kind}><d:prop>${inner}</d:prop></d:${kind}>`;
  const parts = part('set', properties(changes)) + part('remove', removals(changes));
  const text = `<d:propertyupdate ${namespaces}>${parts}</d:propertyupdate>`;
  const answer = await (await send('PROPPATCH', href, { ...xml, text })).text();
  const status = /HTTP\/1\.1 (4\d\d)/.exec(answer)?.[1];
  if (status !== undefined) throw new Refused(Number(status), `PROPPATCH: ${status}`, codeIn(answer));
}

export const deleteFolder = (href: string): Promise<Response> => send('DELETE', href);

/** @param etag null where it is not known */
export const deleteText = (href: string, etag: string | null): Promise<Response> =>
  send('DELETE', href, etag === null ? {} : { headers: { 'If-Match': etag } });

/** Nothing that is at the destination is written over. */
export const moveText = (href: string, etag: string, destination: string): Promise<Response> =>
  send('MOVE', href, { headers: { 'If-Match': etag, Destination: destination, Overwrite: 'F' } });
