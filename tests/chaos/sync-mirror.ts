import { expect } from 'vitest';
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
    expect(answer.status).toBe(207);
    for (const [, href = '', etag] of answer.body.matchAll(responses)) {
      if (etag === undefined) this.#etags.delete(href);
      else this.#etags.set(href, etag);
    }
    this.#token = inner(answer.body, 'd:sync-token') ?? '';
  }

  async expectEqualToListing(dav: Dav): Promise<void> {
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
    const answer = await dav('PROPFIND', this.#folder, { headers: { depth: '1' }, body });
    const listed = new Map<string, string>();
    for (const [, href = '', etag] of answer.body.matchAll(
      /<d:href>([^<]*)<\/d:href>(?:(?!<d:href>).)*?<d:getetag>([^<]*)</gs,
    )) {
      listed.set(href, etag as string);
    }
    listed.delete(this.#folder);
    expect(Object.fromEntries([...this.#etags].sort())).toEqual(Object.fromEntries([...listed].sort()));
  }
}
