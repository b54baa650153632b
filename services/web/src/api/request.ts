/** A refusal, in the server's own words. */
export class Refused extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, detail: string, body: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.body = body;
  }
}

/** No answer came: the line or the server is down. */
export class Unreachable extends Error {}

export interface RequestOptions {
  readonly json?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server takes what changes something from its own page alone, which it knows by this header. */
export const ofPage = { 'X-Almanac-CSRF': '1' };

/** So often something is sent again that could not be done now. */
const repetitions = 3;

/** Seconds that are waited at least and at most before. */
const pauses = { least: 1, most: 5 };

/**
 * 503 says that nothing was done and that the same may be sent again: people need not do that themselves.
 * @throws Refused, Unreachable
 */
export async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  for (let sent = 1; ; sent += 1) {
    const answer = await sendOnce(method, path, options);
    if (answer.ok) return answer;
    if (answer.status !== 503 || sent > repetitions) throw await refusalOf(answer);
    const asked = Number(answer.headers.get('Retry-After') ?? pauses.most);
    const seconds = Math.min(pauses.most, Math.max(pauses.least, asked || pauses.least));
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

function sendOnce(method: string, path: string, options: RequestOptions): Promise<Response> {
  const { json, text, type, headers } = options;
  const body = json === undefined ? text : JSON.stringify(json);
  const contentType = json === undefined ? type : 'application/json';
  const about: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType };
  return fetch(path, {
    ...{ method, credentials: 'same-origin', cache: 'no-store' },
    headers: { ...ofPage, ...about, ...headers },
    ...(body === undefined ? {} : { body }),
  }).catch((fault: unknown) => {
    throw new Unreachable(String(fault));
  });
}

/** What an answer refuses with, in JSON or as an error document of DAV. */
export async function refusalOf(answer: Response): Promise<Refused> {
  const text = await answer.text();
  if (answer.headers.get('Content-Type')?.includes('json') === true) {
    const body = JSON.parse(text) as { detail?: string };
    return new Refused(answer.status, body.detail ?? answer.statusText, body);
  }
  // DAV tells people in an element of its own error document.
  const told = /<(?:\w+:)?(?:responsedescription|message)[^>]*>([^<]+)</.exec(text)?.[1];
  return new Refused(answer.status, told ?? answer.statusText, codeIn(text));
}

/** The name of the precondition that an error document of DAV has, if any (RFC 4918 16). */
export function codeIn(text: string): { readonly code?: string } {
  const code = /<(?:\w+:)?error[^>]*>\s*<(?:\w+:)?([\w-]+)/.exec(text)?.[1];
  return code === undefined ? {} : { code };
}

export const base = '/api/v1/';

export async function api<Answer>(method: string, path: string, options?: RequestOptions): Promise<Answer> {
  const answer = await send(method, base + path, options);
  return (answer.status === 204 ? null : await answer.json()) as Answer;
}

/** A path of the API from parts that may hold anything. */
export const pathOf = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');
