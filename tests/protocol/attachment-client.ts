import { basic, type Dav, type DavAnswer } from '../support/dav-client.js';
import type { TestedService } from './tested-service.js';

export interface Upload {
  readonly query?: string;
  readonly type?: string;
  /** All of Content-Disposition; null for none. */
  readonly disposition?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export function addTo(dav: Dav, url: string, body: string | Uint8Array, upload: Upload = {}): Promise<DavAnswer> {
  return post(dav, url, `action=attachment-add${upload.query ?? ''}`, body, upload);
}

export function post(
  dav: Dav,
  url: string,
  query: string,
  body: string | Uint8Array = '',
  { type = 'text/plain', disposition = 'attachment; filename=agenda.txt', headers = {} }: Upload = {},
): Promise<DavAnswer> {
  const named: Record<string, string> = disposition === null ? {} : { 'content-disposition': disposition };
  return dav('POST', `${url}?${query}`, { headers: { 'content-type': type, ...named, ...headers }, body });
}

export const managedIdOf = ({ headers }: DavAnswer): string => String(headers['cal-managed-id']);

export const unfolded = (text: string): string => text.replaceAll(/\r?\n[ \t]/g, '');

export const attachLines = (text: string): string[] =>
  unfolded(text)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('ATTACH'));

/** The URL's path in an ATTACH line. */
export const pathOf = (line: string | undefined): string =>
  new URL(/https?:\/\/\S+$/.exec(line ?? '')?.[0] ?? 'http://none').pathname;

/** With the octets of the body. */
export async function fetchRaw(
  { service }: TestedService,
  path: string,
  headers: Readonly<Record<string, string>> = { authorization: basic('user01', 'user01') },
): Promise<{ status: number; headers: Headers; octets: Buffer }> {
  const answer = await fetch(new URL(path, service.url), { headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, octets: Buffer.from(await answer.arrayBuffer()) };
}
