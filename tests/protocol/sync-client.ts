import type { Dav, DavAnswer } from '../support/dav-client.js';
import { type DavResponse, deepText, list, responses, xml, children } from './dav-xml.js';

export interface SyncOptions {
  readonly limit?: number;
  /** Children of DAV:prop; null for no DAV:prop at all. */
  readonly prop?: string | null;
  readonly level?: string;
  /** null for no DAV:sync-token at all. */
  readonly token?: null;
  readonly more?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function syncAnswer(dav: Dav, url: string, token: string, options: SyncOptions = {}): Promise<DavAnswer> {
  const { limit, prop = '<d:getetag/>', level = '<d:sync-level>1</d:sync-level>', more = '', headers = {} } = options;
  const body = xml(
    'd:sync-collection',
    (options.token === null ? '' : `<d:sync-token>${token}</d:sync-token>`) +
      level +
      (limit === undefined ? '' : `<d:limit><d:nresults>${limit}</d:nresults></d:limit>`) +
      more +
      (prop === null ? '' : `<d:prop>${prop}</d:prop>`),
  );
  return dav('REPORT', url, { headers, body });
}

export interface SyncPage {
  readonly changes: readonly DavResponse[];
  readonly truncated: boolean;
  readonly token: string;
}

/** One sync-collection: its changes, whether more is to come, and the next token. */
export async function sync(dav: Dav, url: string, token: string, options: SyncOptions = {}): Promise<SyncPage> {
  const answer = await syncAnswer(dav, url, token, options);
  const told = responses(answer);
  const cut = told.filter(({ status }) => status === 507);
  if (cut.some(({ href, errors }) => href !== url || errors[0] !== 'd:number-of-matches-within-limits')) {
    throw new Error(`a cut answer that does not say so as RFC 6578 3.6 wants it: ${answer.body}`);
  }
  const next = children(answer.xml(), 'd:sync-token')[0];
  return {
    changes: told.filter(({ status }) => status !== 507),
    truncated: cut.length > 0,
    token: deepText(next) ?? '',
  };
}

/** Knows a collection only by incremental synchronisation. */
export class SyncingClient {
  readonly etags = new Map<string, string>();
  readonly #dav: Dav;
  readonly #url: string;
  #token = '';

  constructor(dav: Dav, url: string) {
    this.#dav = dav;
    this.#url = url;
  }

  /** One answer of at most `limit` changes; true when there is more. */
  async step(limit?: number): Promise<boolean> {
    const page = await sync(this.#dav, this.#url, this.#token, limit === undefined ? {} : { limit });
    if (limit !== undefined && page.changes.length > limit) throw new Error('more changes than asked for');
    for (const { href, status, found } of page.changes) {
      if (status === 404) this.etags.delete(href);
      else this.etags.set(href, deepText(found['d:getetag']) ?? '');
    }
    this.#token = page.token;
    return page.truncated;
  }

  async finish(limit?: number): Promise<void> {
    for (let rounds = 0; await this.step(limit); rounds += 1) if (rounds > 1000) throw new Error('it never ends');
  }
}

/** What a listing shows: ETags by href. */
export async function listed(dav: Dav, url: string): Promise<ReadonlyMap<string, string>> {
  const members = (await list(dav, url, 'd:getetag')).slice(1);
  return new Map(members.map(({ href, found }) => [href, deepText(found['d:getetag']) ?? '']));
}
