import { connect } from 'node:net';
import { type Dav, type DavAnswer, davClient, defaultFolders } from '../support/dav-client.js';
import { type RunningService, type ServiceOptions, startService } from '../support/running-service.js';
import { xml } from './dav-xml.js';

/** A running service as seen by two of its users. */
export interface TestedService {
  readonly service: RunningService;
  readonly dav: Dav;
  readonly stranger: Dav;
  /** Default folders of user01. */
  readonly calendar: string;
  readonly tasks: string;
}

export async function testedService(options?: ServiceOptions): Promise<TestedService> {
  const service = await startService(options);
  const dav = davClient(service.url);
  return { service, dav, stranger: davClient(service.url, 'user02'), ...(await defaultFolders(dav)) };
}

/** For requests that are written by hand. */
export const hostOf = ({ service }: TestedService): string => new URL(service.url).host;

let made = 0;

/** A new calendar, so that tests do not meet each other's members. `inside` are property elements. */
export async function newCalendar(dav: Dav, inside = '', home = '/calendars/user01/'): Promise<string> {
  made += 1;
  const url = `${home}test-${made}/`;
  const body = inside === '' ? {} : { body: xml('c:mkcalendar', `<d:set><d:prop>${inside}</d:prop></d:set>`) };
  const answer = await dav('MKCALENDAR', url, body);
  if (answer.status !== 201) throw new Error(`MKCALENDAR ${url}: ${answer.status} ${answer.body}`);
  return url;
}

/** A calendar with these members, by name. */
export async function calendarWith(dav: Dav, members: Readonly<Record<string, string>>, inside = ''): Promise<string> {
  const url = await newCalendar(dav, inside);
  for (const [name, body] of Object.entries(members)) await put(dav, url + name, body);
  return url;
}

/** PUTs what must be accepted. */
export async function put(dav: Dav, url: string, body: string): Promise<DavAnswer> {
  const answer = await dav('PUT', url, { headers: { 'content-type': 'text/calendar' }, body });
  if (answer.status !== 201 && answer.status !== 204) throw new Error(`PUT ${url}: ${answer.status} ${answer.body}`);
  return answer;
}

/** Sends octets as they are, and gives the answer as text when the server has ended the connection. */
export function sendRaw(url: string, octets: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(octets));
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('close', () => resolve(Buffer.concat(pieces).toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A connection that ends while it is written to; 'close' follows.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
  });
}

/** @throws when the service is no longer the process that was started, does not answer, or has logged a fault of its own */
export async function demandAlive({ service, dav, calendar }: TestedService): Promise<void> {
  const { status } = await dav('PROPFIND', calendar, { headers: { depth: '0' } });
  if (status !== 207 || !service.isRunning()) throw new Error(`the service is in trouble: ${status}`);
  const output = service.output();
  if (output.includes('a request failed')) throw new Error(output);
}
