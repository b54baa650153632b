import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { basic } from '../../support/dav-client.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** No answer came, in words. */
export interface Lost {
  readonly lost: string;
  /** The client itself gave up. */
  readonly own: boolean;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds after which the client goes away without waiting for an answer. */
  readonly giveUpAfter?: number;
}

export type Http = (method: string, path: string, sent?: Sent) => Promise<Answer | Lost>;

/** Longer than the balancer waits for a replica. */
const answerLimit = 75_000;

/** Requests as one user; unlike the tests' `davClient` it gives up, and a lost connection is an answer, too. */
export function httpClient(url: string, user: string): Http & { close(): void } {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const http: Http = (method, path, { headers = {}, body, giveUpAfter = answerLimit } = {}) =>
    new Promise((resolve) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const all = { authorization: basic(user, user), ...length, ...headers };
      const sent = httpRequest({ agent, hostname, port, method, path, headers: all }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', (error) => lose(String(error)));
        answer.on('end', () => {
          clearTimeout(timer);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString() });
        });
      });
      const lose = (lost: string, own = false): void => {
        clearTimeout(timer);
        resolve({ lost, own });
        sent.destroy();
      };
      const timer = setTimeout(() => lose(`no answer for ${giveUpAfter} ms`, giveUpAfter !== answerLimit), giveUpAfter);
      sent.on('error', (error) => lose(String(error)));
      sent.end(body);
    });
  return Object.assign(http, { close: () => agent.destroy() });
}

export const isLost = (result: Answer | Lost): result is Lost => 'lost' in result;

/** What a client is told to repeat: a 5xx with Retry-After, or the balancer's own 502 and 504. */
export const isPassing = ({ status, headers }: Answer): boolean =>
  [502, 504].includes(status) || (status === 503 && headers['retry-after'] !== undefined);
