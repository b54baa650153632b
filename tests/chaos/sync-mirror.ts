import { type Dav, inner } from '../support/dav-client.js';

const responses = /<d:response><d:href>([^<]*)<\/d:href>(?:<d:status>HTTP\/1\.1 404|.*?<d:getetag>([^<]*)<)/gs;

/** A client that lists once and then only syncs: it must always end with what a listing shows (RFC 6578). */
export class SyncMirror {
  readonly #folder: string;
  readonly #etags = new Map<string, string>();
  #token = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  async sync(dav: Dav): Promise<void> {
    const body = `<d:sync-collection xmlns:d="DAV:"><d:sync-token>${this.#token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`;
    const answer = await dav('REPORT', this.#folder, { body });
    if (answer.status !== 207) throw new Error(`sync-collection: ${answer.status} ${answer.body}`);
    for (const [, href = '', etag] of answer.body.matchAll(responses)) {
      if (etag === undefined) this.#etags.delete(href);
      else this.#etags.set(href, etag);
    }
    this.#token = inner(answer.body, 'd:sync-token') ?? '';
  }

  /** What is mirrored and what a listing shows; they must be the same. */
  async compare(dav: Dav): Promise<{ mirrored: ReadonlyMap<string, string>; listed: ReadonlyMap<string, string> }> {
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
    const answer = await dav('PROPFIND', this.#folder, { headers: { depth: '1' }, body });
    const listed = new Map<string, string>();
    const tagged = /<d:href>([^<]*)<\/d:href>(?:(?!<d:href>).)*?<d:getetag>([^<]*)</gs;
    for (const [, href = '', etag = ''] of answer.body.matchAll(tagged)) listed.set(href, etag);
    listed.delete(this.#folder);
    return { mirrored: this.#etags, listed };
  }
}
