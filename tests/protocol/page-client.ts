import { request as httpRequest } from 'node:http';
import { demandDescribed, type Document } from './described-answers.js';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

export interface PageOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string;
}

export type Page = (method: string, path: string, options?: PageOptions) => Promise<PageAnswer>;

/**
 * Requests as the page of the web interface sends them: with its cookie, and without a password. Once somebody has signed in,
 * each answer is held against what the API says of itself.
 */
export function pageClient(url: string, own: Readonly<Record<string, string>> = { 'x-almanac-csrf': '1' }): Page {
  const send = browserOf(url, own);
  let described: Document | null = null;
  return async (method, path, options) => {
    const answer = await send(method, path, options);
    if (described === null) {
      const { status, json } = await send('GET', '/api/v1/openapi.json');
      if (status === 200) described = json as Document;
    }
    if (described !== null) demandDescribed(described, { method, path }, answer);
    return answer;
  };
}

/** Keeps the cookie that it is given. */
function browserOf(url: string, own: Readonly<Record<string, string>>): Page {
  const { hostname, port } = new URL(url);
  let cookie = '';
  return (method, path, { headers = {}, body, raw } = {}) =>
    new Promise((resolve, reject) => {
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const about = {
        ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const sent = { ...own, ...(cookie === '' ? {} : { cookie }), ...about, ...headers };
      const request = httpRequest({ hostname, port, method, path, headers: sent }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () => {
          const set = answer.headers['set-cookie']?.[0];
          if (set !== undefined) cookie = set.split(';', 1)[0] ?? '';
          const found = Buffer.concat(pieces).toString();
          const json = found.startsWith('{') ? JSON.parse(found) : null;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: found, json });
        });
      });
      request.on('error', reject);
      request.end(text);
    });
}

/** The page of somebody who has signed in. */
export async function signedIn(url: string, login = 'user01', password = login): Promise<Page> {
  const page = pageClient(url);
  const { status, text } = await page('POST', '/api/v1/session', { body: { login, password } });
  if (status !== 200) throw new Error(`sign in as ${login}: ${status} ${text}`);
  return page;
}
