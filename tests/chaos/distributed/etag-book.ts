import { createHash } from 'node:crypto';
import { brief } from './account.js';

/** An ETag of a URL never names two contents, over the whole campaign. */
export class ETagBook {
  readonly #contents = new Map<string, { readonly digest: string; readonly content: string }>();

  /** @returns what else the ETag has named, or null */
  record(href: string, etag: string, content: string): string | null {
    const key = `${href} ${etag}`;
    const digest = createHash('sha256').update(content).digest('base64').slice(0, 16);
    const known = this.#contents.get(key);
    if (known === undefined) this.#contents.set(key, { digest, content: brief(content) });
    return known === undefined || known.digest === digest ? null : known.content;
  }

  get size(): number {
    return this.#contents.size;
  }
}
