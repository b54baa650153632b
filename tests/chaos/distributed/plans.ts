import { event, todo } from '../../support/calendar-data.js';
import type { Account } from './account.js';
import { collectionOf, never, type Operation } from './model.js';
import type { Random } from './random.js';

/** An operation as it is sent: `ifMatch` is the ETag of the write that the operation names. */
export interface Plan {
  /** How the report counts it. */
  readonly name: string;
  readonly operation: Operation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The places that a client owns: nobody else writes there. */
export interface Places {
  /** Calendars of its user. */
  readonly calendars: readonly string[];
  readonly tasks: string;
  /** Begins all its names. */
  readonly prefix: string;
}

const namesPerFolder = 4;
/** In the namespace of the campaign, one for each client. */
export const propertyOf = (folder: string, prefix: string): string => `${folder}#${prefix}`;

/** Chooses what a client does next, from what it believes to be there; every content is unique. */
export class Plans {
  readonly #random: Random;
  readonly #account: Account;
  readonly #places: Places;
  #next = 1;

  constructor(random: Random, account: Account, places: Places) {
    this.#random = random;
    this.#account = account;
    this.#places = places;
  }

  /** Null when what was chosen cannot be done now. */
  choose(): Plan | null {
    const choice = this.#random.weighted<() => Plan | null>([
      [12, () => this.#putAnywhere()],
      [10, () => this.#putNew()],
      [14, () => this.#overwrite()],
      [4, () => this.#putWrongMatch()],
      [4, () => this.#putTakenUid()],
      [5, () => this.#remove(false)],
      [5, () => this.#remove(true)],
      [12, () => this.#transfer('move')],
      [5, () => this.#transfer('copy')],
      [4, () => this.#returnHome()],
      [3, () => this.#propertyChange()],
    ]);
    return choice();
  }

  /** Writes that tell whether each of the services still carries them out. */
  proofs(): readonly Plan[] {
    const { calendars, tasks } = this.#places;
    return [calendars[0] ?? '', tasks].map((folder) => this.#put('PUT at the end', this.#names(folder)[0] ?? ''));
  }

  ownHrefs(): readonly string[] {
    const { calendars, tasks } = this.#places;
    return [...calendars, tasks].flatMap((folder) => this.#names(folder));
  }

  #names(folder: string): string[] {
    return Array.from({ length: namesPerFolder }, (_, index) => `${folder}${this.#places.prefix}${index}.ics`);
  }

  #present(): string[] {
    return [...this.#account.believed()].flatMap(([href, { uid }]) => (uid === null ? [] : [href])).sort();
  }

  #absent(): string[] {
    const believed = this.#account.believed();
    return this.ownHrefs().filter((href) => !believed.has(href));
  }

  #isTask(href: string): boolean {
    return collectionOf(href) === this.#places.tasks;
  }

  #content(href: string, uid: string): string {
    const lines = [`SUMMARY:${this.#places.prefix}${this.#next++}`];
    if (this.#random.chance(0.03)) lines.push(`DESCRIPTION:${'long '.repeat(4_000)}`);
    if (this.#isTask(href)) return todo(uid, lines).replace(/SUMMARY:Task [^\r]*\r\n/, '');
    return event(uid, lines);
  }

  #put(
    name: string,
    href: string,
    more: { uid?: string; ifMatch?: readonly [write: string, etag: string]; ifNoneMatch?: true } = {},
  ): Plan {
    const uid = more.uid ?? this.#account.believed().get(href)?.uid ?? `${this.#places.prefix}uid${this.#next}`;
    const content = this.#content(href, uid);
    const { ifMatch, ifNoneMatch } = more;
    const headers: Record<string, string> = { 'content-type': 'text/calendar' };
    if (ifMatch !== undefined) headers['if-match'] = ifMatch[1];
    if (ifNoneMatch === true) headers['if-none-match'] = '*';
    const operation: Operation = {
      kind: 'put',
      href,
      content,
      uid,
      ...(ifMatch === undefined ? {} : { ifMatch: ifMatch[0] }),
      ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    };
    return { name, operation, headers, body: content };
  }

  #putAnywhere(): Plan {
    return this.#put('PUT', this.#random.pick(this.ownHrefs()));
  }

  /** A new name, or one that is taken, and then it is refused. */
  #putNew(): Plan {
    const absent = this.#absent();
    const from = absent.length > 0 && this.#random.chance(0.8) ? absent : this.ownHrefs();
    return this.#put('PUT If-None-Match: *', this.#random.pick(from), { ifNoneMatch: true });
  }

  #overwrite(): Plan | null {
    const [href, tagged] = this.#tagged();
    return tagged === null ? null : this.#put('PUT If-Match', href, { ifMatch: tagged });
  }

  #putWrongMatch(): Plan {
    return this.#put('PUT wrong If-Match', this.#random.pick(this.ownHrefs()), { ifMatch: [never, '"never-1"'] });
  }

  /** The UID of another name of the same collection. */
  #putTakenUid(): Plan | null {
    const present = this.#present();
    if (present.length === 0) return null;
    const other = this.#random.pick(present);
    const uid = this.#account.believed().get(other)?.uid;
    const names = this.#names(collectionOf(other)).filter((href) => href !== other);
    return uid ? this.#put('PUT taken UID', this.#random.pick(names), { uid }) : null;
  }

  #remove(conditional: boolean): Plan | null {
    if (!conditional) {
      const href = this.#random.pick(this.ownHrefs());
      return { name: 'DELETE', operation: { kind: 'delete', href }, headers: {} };
    }
    const [href, tagged] = this.#tagged();
    if (tagged === null) return null;
    const operation: Operation = { kind: 'delete', href, ifMatch: tagged[0] };
    return { name: 'DELETE If-Match', operation, headers: { 'if-match': tagged[1] } };
  }

  /** To another name or another collection; now and then onto what is there. */
  #transfer(kind: 'copy' | 'move'): Plan | null {
    const present = this.#present();
    if (present.length === 0) return null;
    const href = this.#random.pick(present);
    const places = this.ownHrefs().filter((other) => other !== href && this.#isTask(other) === this.#isTask(href));
    const believed = this.#account.believed();
    const free = places.filter((other) => !believed.has(other));
    const target = this.#random.pick(free.length > 0 && this.#random.chance(0.85) ? free : places);
    return this.#transferTo(kind, href, target);
  }

  /** Onto a copy of itself in another collection: an overwriting MOVE that is allowed. */
  #returnHome(): Plan | null {
    const believed = [...this.#account.believed()].filter(([, { uid }]) => uid !== null);
    const pairs = believed.flatMap(([href, { uid }]) =>
      believed.flatMap(([other, held]) => (other !== href && held.uid === uid ? [[href, other] as const] : [])),
    );
    if (pairs.length === 0) return null;
    const [href, target] = this.#random.pick(pairs);
    return this.#transferTo('move', href, target);
  }

  #transferTo(kind: 'copy' | 'move', href: string, target: string): Plan {
    const overwrite = this.#random.chance(0.8);
    const headers = { destination: target, ...(overwrite ? {} : { overwrite: 'F' }) };
    return { name: kind.toUpperCase(), operation: { kind, href, target, overwrite }, headers };
  }

  #propertyChange(): Plan {
    const { calendars, prefix } = this.#places;
    const folder = this.#random.pick(calendars);
    const content = `${prefix}${this.#next++}`;
    const name = `${prefix.replace(/-$/, '')}`;
    const body = `<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><x:${name} xmlns:x="urn:chaos">${content}</x:${name}></d:prop></d:set></d:propertyupdate>`;
    const operation: Operation = { kind: 'proppatch', href: propertyOf(folder, prefix), content };
    return { name: 'PROPPATCH', operation, headers: {}, body };
  }

  /** A member with an ETag that is known, and the write that the ETag stands for; null where none is. */
  #tagged(): readonly [href: string, tagged: readonly [write: string, etag: string] | null] {
    const present = this.#present();
    if (present.length === 0) return ['', null];
    const href = this.#random.pick(present);
    const etag = this.#account.etagOf(href);
    const write = this.#account.believed().get(href)?.write ?? null;
    return [href, etag === null || write === null ? null : [write, etag]];
  }
}
