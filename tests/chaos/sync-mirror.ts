import { inner } from '../support/dav-client.js';

/** What a mirror needs of a client; `Dav` is one. */
export type Ask = (
  method: string,
  path: string,
  sent: { readonly headers?: Readonly<Record<string, string>>; readonly body: string },
) => Promise<{ readonly status: number; readonly body: string }>;

/** A client that lists once and then only syncs: it must always end with what a listing shows (RFC 6578). */
export class SyncMirror {
  readonly #folder: string;
  readonly #etags = new Map<string, string>();
  #token = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  get etags(): ReadonlyMap<string, string> {
    return this.#etags;
  }

  /** @throws when a page is not answered with 207; what was told before is kept */
  async sync(ask: Ask, limit?: number): Promise<void> {
    for (let truncated = true; truncated; ) {
      const { status, body } = await ask('REPORT', this.#folder, { body: this.#request(limit) });
      if (status !== 207) throw new Error(`sync-collection: ${status} ${body}`);
      truncated = this.#take(body);
    }
  }

  /** What is mirrored and what a listing shows; they must be the same. */
  async compare(ask: Ask): Promise<{ mirrored: ReadonlyMap<string, string>; listed: ReadonlyMap<string, string> }> {
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
    const answer = await ask('PROPFIND', this.#folder, { headers: { depth: '1' }, body });
    const listed = new Map<string, string>();
    for (const { href, etag } of responses(answer.body)) if (etag !== undefined) listed.set(href, etag);
    listed.delete(this.#folder);
    return { mirrored: this.#etags, listed };
  }

  #request(limit: number | undefined): string {
    const limited = limit === undefined ? '' : `<d:limit><d:nresults>${limit}</d:nresults></d:limit>`;
    return `<d:sync-collection xmlns:d="DAV:"><d:sync-token>${this.#token}</d:sync-token><d:sync-level>1</d:sync-level>${limited}<d:prop><d:getetag/></d:prop></d:sync-collection>`;
  }

  /** @returns true when there is more to come */
  #take(body: string): boolean {
    let truncated = false;
    for (const { href, etag, status } of responses(body)) {
      if (href === this.#folder) truncated ||= status === 507;
      else if (etag === undefined) this.#etags.delete(href);
      else this.#etags.set(href, etag);
    }
    this.#token = inner(body, 'd:sync-token') ?? '';
    return truncated;
  }
}

function responses(body: string): { href: string; etag: string | undefined; status: number }[] {
  return body
    .split('<d:response>')
    .slice(1)
    .map((response) => ({
      href: inner(response, 'd:href') ?? '',
      etag: inner(response, 'd:getetag'),
      status: Number(/^<d:href>[^<]*<\/d:href><d:status>HTTP\/1\.1 (\d+)/.exec(response)?.[1] ?? 200),
    }));
}
