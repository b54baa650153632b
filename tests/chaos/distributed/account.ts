import {
  abandoned,
  answered,
  type Attempt,
  distinct,
  expired,
  type Held,
  hrefsOf,
  isHalfMoved,
  type Operation,
  reachable,
  type World,
} from './model.js';

/** What a read showed; null: nothing is there. */
export interface Seen {
  readonly content: string;
  readonly etag: string | null;
}

interface Entry {
  readonly at: number;
  readonly hrefs: readonly string[];
  readonly words: string;
}

const keptEntries = 4_000;
/** More open attempts, or possible worlds, than these are not made: what could follow from them would be too much to tell. */
const maxOpen = 4;
const maxWorlds = 300;

/** A client's account of its own names: what was promised for them, to be held against what is there. */
export class Account {
  #worlds: World[] = [{ contents: new Map(), pending: new Map() }];
  /** Until when an attempt without an answer may still be carried out. */
  readonly #open = new Map<string, number>();
  /** The write that an ETag of a URL was given for. */
  readonly #writes = new Map<string, string>();
  /** The other way round. */
  readonly #etags = new Map<string, string>();
  /** Contents that were refused. */
  readonly #refused = new Set<string>();
  readonly #history: Entry[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isFull(): boolean {
    this.#expire();
    return this.#open.size >= maxOpen || this.#worlds.length > maxWorlds;
  }

  /** When the last attempt without an answer is over. */
  get openUntil(): number {
    return Math.max(0, ...this.#open.values());
  }

  /** What is at the URLs in one of the worlds: what the client believes. */
  believed(): ReadonlyMap<string, Held> {
    return this.#worlds[0]?.contents ?? new Map<string, Held>();
  }

  /** An ETag for the write that is believed to be at the URL. */
  etagOf(href: string): string | null {
    const write = this.believed().get(href)?.write;
    if (write === undefined || write === null) return null;
    return this.#etags.get(`${href} ${write}`) ?? null;
  }

  /** @returns false when no order of what was sent explains the answer */
  take(attempt: Attempt, { status, etag }: { status: number; etag: string | null }): boolean {
    const { id, operation } = attempt;
    this.note(hrefsOf(operation), `${describe(attempt)} → ${status}${etag === null ? '' : ` ${etag}`}`);
    if (status >= 400 && 'content' in operation) this.#refused.add(operation.content);
    if (etag !== null) this.#bind(operation.href, etag, id);
    return this.#become(answered(this.#worlds, { attempt, status }));
  }

  /** @param until when it can no longer be carried out */
  takeUnknown(attempt: Attempt, { reason, until }: { reason: string; until: number }): void {
    this.note(hrefsOf(attempt.operation), `${describe(attempt)} → ${reason}`);
    this.#open.set(attempt.id, until);
    this.#worlds = abandoned(this.#worlds, attempt);
  }

  /** @returns false when what a read showed cannot be there */
  takeSeen(href: string, seen: Seen | null, by: string): boolean {
    this.note([href], `${by} ${href} → ${seen === null ? 'nothing' : `${brief(seen.content)} ${seen.etag ?? ''}`}`);
    this.#expire();
    const known = seen?.etag ? this.#writes.get(`${href} ${seen.etag}`) : undefined;
    const fits = ({ contents }: World): boolean => {
      const held = contents.get(href);
      if (held === undefined || seen === null) return held === undefined && seen === null;
      if (held.content !== seen.content) return false;
      return known === undefined || held.write === null || held.write === known;
    };
    const next = reachable(this.#worlds).filter(fits);
    return this.#become(seen?.etag ? this.#bound(next, href, seen.etag) : next);
  }

  /** Whether an ETag, or none, may be what a listing shows of a URL. */
  mayList(href: string, etag: string | null): boolean {
    const known = etag === null ? undefined : this.#writes.get(`${href} ${etag}`);
    return reachable(this.#worlds).some(({ contents }) => {
      const held = contents.get(href);
      if (held === undefined || etag === null) return held === undefined && etag === null;
      return known === undefined || held.write === null || held.write === known;
    });
  }

  /** Whether all that is there now, with nothing under way, is one of the worlds, no MOVE half done. */
  isExactly(held: ReadonlyMap<string, string>): boolean {
    return reachable(this.#worlds).some((world) => {
      const { contents } = world;
      const same = [...contents].every(([href, { content }]) => held.get(href) === content);
      return same && contents.size === held.size && !isHalfMoved(world);
    });
  }

  /** Whether an attempt to write this was refused; it must then never be seen, unless a repeat of it was done. */
  wasRefused(content: string): boolean {
    return this.#refused.has(content);
  }

  /** The URLs at which something is, or may be. */
  hrefs(): ReadonlySet<string> {
    return new Set(reachable(this.#worlds).flatMap(({ contents }) => [...contents.keys()]));
  }

  note(hrefs: readonly string[], words: string): void {
    this.#history.push({ at: this.#now(), hrefs, words });
    if (this.#history.length > keptEntries) this.#history.splice(0, keptEntries / 2);
  }

  /** What happened to these URLs, with all that they were copied and moved to and from; the last of it. */
  historyOf(hrefs: readonly string[], last = 40): string[] {
    const wanted = new Set(hrefs);
    for (const entry of this.#history) {
      if (entry.hrefs.length > 1 && entry.hrefs.some((href) => wanted.has(href))) {
        for (const href of entry.hrefs) wanted.add(href);
      }
    }
    const own = this.#history.filter((entry) => entry.hrefs.some((href) => wanted.has(href)));
    return own.slice(-last).map(({ at, words }) => `${new Date(at).toISOString().slice(11, 23)} ${words}`);
  }

  /** In words what may be at the URLs. */
  possibilities(hrefs: readonly string[]): string[] {
    return this.#worlds.slice(0, 8).map(({ contents, pending }) => {
      const held = hrefs.map((href) => `${href}: ${brief(contents.get(href)?.content ?? 'nothing')}`);
      return `${held.join(', ')}; may still come: ${[...pending.keys()].join(' ') || 'nothing'}`;
    });
  }

  #become(worlds: World[]): boolean {
    if (worlds.length === 0) return false;
    this.#worlds = distinct(worlds);
    this.#expire();
    return true;
  }

  /** Learns for which write an ETag stands, where all worlds agree on it. */
  #bound(worlds: World[], href: string, etag: string): World[] {
    const tag = `${href} ${etag}`;
    const writes = new Set(worlds.map(({ contents }) => contents.get(href)?.write ?? null));
    if (writes.size !== 1) return worlds;
    const [only] = writes;
    const write = this.#writes.get(tag) ?? only ?? `seen ${tag}`;
    this.#bind(href, etag, write);
    return worlds.map((world) => {
      const held = world.contents.get(href);
      if (held === undefined || held.write !== null) return world;
      return { ...world, contents: new Map([...world.contents, [href, { ...held, write }]]) };
    });
  }

  #bind(href: string, etag: string, write: string): void {
    this.#writes.set(`${href} ${etag}`, write);
    this.#etags.set(`${href} ${write}`, etag);
  }

  #expire(): void {
    const now = this.#now();
    const over = [...this.#open].flatMap(([id, until]) => (until < now ? [id] : []));
    if (over.length === 0) return;
    for (const id of over) this.#open.delete(id);
    this.#worlds = expired(this.#worlds, new Set(over));
  }
}

const describe = ({ id, operation }: Attempt): string => `${id} ${words(operation)}`;

function words(operation: Operation): string {
  const { kind, href } = operation;
  if ('target' in operation)
    return `${kind} ${href} to ${operation.target}${operation.overwrite ? '' : ' (no overwrite)'}`;
  const content = 'content' in operation ? ` ${brief(operation.content)}` : '';
  const ifMatch = 'ifMatch' in operation ? ` if it is ${operation.ifMatch}` : '';
  return `${kind} ${href}${content}${ifMatch}${'ifNoneMatch' in operation ? ' if nothing is there' : ''}`;
}

/** Contents are told apart by their summaries. */
export const brief = (content: string): string => /SUMMARY:([^\r\n]*)/.exec(content)?.[1] ?? content.slice(0, 60);
