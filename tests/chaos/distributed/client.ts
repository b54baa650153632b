import { setTimeout as delay } from 'node:timers/promises';
import { SyncMirror } from '../sync-mirror.js';
import { Account, brief } from './account.js';
import type { ETagBook } from './etag-book.js';
import type { Findings } from './findings.js';
import { type Answer, type Http, httpClient, isLost, isPassing, type Lost } from './http-client.js';
import { type Attempt, collectionOf, hrefsOf } from './model.js';
import { type Places, type Plan, Plans } from './plans.js';
import type { Random } from './random.js';

export interface Surroundings {
  /** The balancer. */
  readonly url: string;
  readonly user: string;
  readonly places: Places;
  readonly random: Random;
  readonly findings: Findings;
  readonly etags: ETagBook;
  /** Where the replicas of the frontend listen that are up. */
  frontends(): readonly string[];
  running(): boolean;
}

/** So long after it was sent an attempt may still be carried out: a command's time, and a database that was cut off meanwhile. */
const openAfterAnswer = 85_000;
/** Without any answer the frontend may have been stopped before it even read the request. */
const openAfterLoss = 120_000;

const maxRepeats = 4;

const proofLimit = 180_000;

/** Some clients soon lose patience; others wait until the balancer does. */
const impatient = 12_000;

/** A client that writes at its own names only, and holds every answer against its account. */
export class Client {
  readonly account = new Account();
  readonly places: Places;
  readonly user: string;
  readonly mirrors: readonly SyncMirror[];
  readonly http: Http & { close(): void };
  /** It has met a broken promise: what it knows is worth nothing any more. */
  broken = false;
  readonly #plans: Plans;
  readonly #around: Surroundings;
  readonly #direct = new Map<string, Http & { close(): void }>();
  readonly #isImpatient: boolean;
  #attempts = 1;

  constructor(around: Surroundings) {
    this.#around = around;
    this.places = around.places;
    this.user = around.user;
    this.http = httpClient(around.url, around.user);
    this.mirrors = [...around.places.calendars, around.places.tasks].map((folder) => new SyncMirror(folder));
    this.#isImpatient = around.random.chance(0.6);
    this.#plans = new Plans(around.random.fork('plans'), this.account, around.places);
  }

  async work(): Promise<void> {
    const { random } = this.#around;
    while (this.#goesOn()) {
      if (this.account.isFull) {
        await this.#read();
        await delay(1_000);
        continue;
      }
      const next = random.weighted([
        [60, () => this.#write()],
        [8, () => this.#read()],
        [6, () => this.#sync()],
      ]);
      await next();
    }
  }

  /** When nothing is broken any more, a write must be answered: of an event and of a task. */
  async proveWritable(): Promise<void> {
    if (this.broken) return;
    for (const plan of this.#plans.proofs()) {
      for (const limit = Date.now() + proofLimit; (await this.#attempt(plan, 0)) === null; await delay(1_000)) {
        if (Date.now() < limit) continue;
        const hrefs = hrefsOf(plan.operation);
        this.#violated('recovery', `${hrefs[0]} could not be written for ${proofLimit} ms after all faults`, hrefs);
        return;
      }
    }
  }

  close(): void {
    this.http.close();
    for (const http of this.#direct.values()) http.close();
  }

  #goesOn(): boolean {
    return this.#around.running() && !this.broken;
  }

  /** Repeats what got no clear answer with the same conditions, as real clients do, and sometimes lets it be. */
  async #write(): Promise<void> {
    const { random } = this.#around;
    const plan = this.#plans.choose();
    if (plan === null) return;
    for (let repeat = 0; this.#goesOn() && !this.account.isFull; repeat += 1) {
      const answer = await this.#attempt(plan, repeat);
      if (answer !== null) {
        if (answer.status < 300 && random.chance(0.15)) await this.#readEverywhere(plan);
        return;
      }
      if (repeat >= maxRepeats || random.chance(0.25)) return;
      await delay(random.between(300, 2_000));
    }
  }

  /** @returns null when the outcome is not known */
  async #attempt(plan: Plan, repeat: number): Promise<Answer | null> {
    const { findings, places } = this.#around;
    const { operation, headers, body, name } = plan;
    const attempt: Attempt = { id: `${places.prefix}${this.#attempts++}`, operation };
    const method = name.split(' ')[0] ?? '';
    const sentAt = Date.now();
    const sent = { headers, ...(body === undefined ? {} : { body }), ...this.#patience() };
    const path = operation.href.replace(/#.*/, '');
    const result = await this.http(method, path, sent);
    const counted = repeat === 0 ? name : `${name}, repeated`;
    if (isLost(result) || result.status >= 500) {
      findings.outcome(counted, isLost(result) ? (result.own ? 'given up' : 'lost') : String(result.status));
      this.#demandPassing(result, [...hrefsOf(operation)]);
      const reason = isLost(result) ? result.lost : `${result.status} ${brief(result.body)}`;
      const until = sentAt + (isLost(result) || result.status !== 503 ? openAfterLoss : openAfterAnswer);
      this.account.takeUnknown(attempt, { reason, until });
      return null;
    }
    findings.outcome(counted, String(result.status));
    const etag = result.status < 300 ? (result.headers.etag ?? null) : null;
    if (!this.account.take(attempt, { status: result.status, etag })) {
      this.#violated('answer', `${name} was answered with ${result.status} ${detail(result)}`, hrefsOf(operation));
    } else if (result.status < 300) {
      findings.written();
      if (etag !== null && body !== undefined) this.#recordTag(operation.href, etag, body);
    }
    return result;
  }

  #patience(): { readonly giveUpAfter?: number } {
    const { random } = this.#around;
    if (random.chance(0.015)) return { giveUpAfter: Math.floor(random.between(2, 60)) };
    return this.#isImpatient ? { giveUpAfter: impatient } : {};
  }

  /** A 2xx shows at once, at every replica of the frontend (design 3). */
  async #readEverywhere({ operation }: Plan): Promise<void> {
    const { frontends, findings, user } = this.#around;
    if (operation.kind === 'proppatch') return;
    for (const url of frontends()) {
      const http = this.#direct.get(url) ?? httpClient(url, user);
      this.#direct.set(url, http);
      for (const href of hrefsOf(operation)) {
        const result = await http('GET', href, { giveUpAfter: 5_000 });
        const known = !isLost(result) && result.status < 500;
        findings.outcome('GET at each replica', known ? String(result.status) : 'none');
        if (known) this.#hold(href, result, `read at ${url}`);
      }
    }
  }

  async #read(): Promise<void> {
    const { random, findings } = this.#around;
    const href = random.pick(this.#plans.ownHrefs());
    const result = await this.http('GET', href, this.#patience());
    findings.outcome('GET', isLost(result) ? 'lost' : String(result.status));
    if (isLost(result) || result.status >= 500) this.#demandPassing(result, [href]);
    else this.#hold(href, result, 'read');
  }

  #hold(href: string, { status, headers, body }: Answer, by: string): void {
    if (status !== 200 && status !== 404) return this.#violated('read', `${href}: ${status}`, [href]);
    const etag = headers.etag ?? null;
    const seen = status === 404 ? null : { content: body, etag };
    if (!this.account.takeSeen(href, seen, by)) {
      const what = seen === null ? 'nothing' : `${brief(body)} ${etag}`;
      return this.#violated(this.account.wasRefused(body) ? 'refused content' : 'read', `${by}: ${href} is ${what}`, [
        href,
      ]);
    }
    if (status === 200 && etag !== null) this.#recordTag(href, etag, body);
  }

  #recordTag(href: string, etag: string, content: string): void {
    const other = this.#around.etags.record(href, etag, content);
    if (other !== null) this.#violated('etag', `${href} ${etag} named ${other} and ${brief(content)}`, [href]);
  }

  /** One collection is synchronised; of the client's own names all that was acknowledged must then be in the mirror. */
  async #sync(): Promise<void> {
    const { random, findings } = this.#around;
    const mirror = random.pick(this.mirrors);
    const limit = random.chance(0.5) ? Math.floor(random.between(1, 12)) : undefined;
    let answer: Answer | Lost | null = null;
    try {
      await mirror.sync(async (method, path, sent) => {
        answer = await this.http(method, path, { ...sent, ...this.#patience() });
        return isLost(answer) ? { status: 0, body: answer.lost } : answer;
      }, limit);
      findings.outcome('sync-collection', '207');
    } catch (error) {
      if (answer === null) throw error;
      const status = isLost(answer) ? 'lost' : (answer as Answer).status;
      findings.outcome('sync-collection', String(status));
      this.#demandPassing(answer, [mirror.folder]);
      return;
    }
    for (const href of this.#plans.ownHrefs().filter((own) => collectionOf(own) === mirror.folder)) {
      const etag = mirror.etags.get(href) ?? null;
      if (this.account.mayList(href, etag)) continue;
      return this.#violated('sync', `after a sync ${href} is mirrored as ${etag ?? 'absent'}`, [href]);
    }
  }

  #demandPassing(result: Answer | Lost, hrefs: readonly string[]): void {
    if (isLost(result) ? result.own : isPassing(result)) return;
    const words = isLost(result) ? result.lost : `${result.status} ${detail(result)}`;
    this.#around.findings.violation('error', `${hrefs.join(', ')}: ${words}`, this.account.historyOf(hrefs, 10));
  }

  #violated(kind: string, words: string, hrefs: readonly string[]): void {
    this.broken = true;
    const expected = this.account.possibilities(hrefs).map((line) => `expected ${line}`);
    this.#around.findings.violation(kind, words, [...expected, ...this.account.historyOf(hrefs)]);
  }
}

const detail = ({ body }: Answer): string =>
  body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
