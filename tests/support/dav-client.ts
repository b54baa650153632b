import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { parseXml, type XmlElement } from '@almanac/dav-protocol';

export interface DavAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** @throws when the body is no XML */
  xml(): XmlElement;
}

export interface DavOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly user?: string;
  readonly password?: string;
}

export type Dav = (method: string, path: string, options?: DavOptions) => Promise<DavAnswer>;

/** Plain HTTP requests as one user, with nothing that a DAV library would smooth over. */
export function davClient(url: string, user = 'user01', password = user): Dav {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (method, path, options = {}) =>
    new Promise((resolve, reject) => {
      const authorization = basic(options.user ?? user, options.password ?? options.user ?? password);
      const length = options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) };
      const headers = { authorization, ...length, ...options.headers };
      const sent = httpRequest({ agent, hostname, port, method, path, headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(pieces).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, xml: () => parseXml(body) });
        });
      });
      sent.on('error', reject);
      sent.end(options.body);
    });
}

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The hrefs of a multistatus that were not answered with an error, in their order. */
export const hrefs = (body: string): string[] =>
  [...body.matchAll(/<d:response><d:href>([^<]*)<\/d:href>(?!<d:status>)/g)].map((match) => match[1] as string);

/** The inner XML of the first element of a prefixed name, such as `d:sync-token`. */
export const inner = (body: string, name: string): string | undefined =>
  new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 's').exec(body)?.[1];

/** The default calendar's and tasks folder's URLs of a user. */
export async function defaultFolders(dav: Dav, user = 'user01'): Promise<{ calendar: string; tasks: string }> {
  const props = '<d:prop><c:supported-calendar-component-set/></d:prop>';
  const body = `<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${props}</d:propfind>`;
  const answer = await dav('PROPFIND', `/calendars/${user}/`, { headers: { depth: '1' }, body });
  const of = (component: string): string =>
    new RegExp(
      `<d:href>([^<]*)</d:href><d:propstat><d:prop><c:supported-calendar-component-set><c:comp name="${component}"/>`,
    ).exec(answer.body)?.[1] ?? '';
  return { calendar: of('VEVENT'), tasks: of('VTODO') };
}
