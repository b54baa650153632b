import { performance } from 'node:perf_hooks';
import { log } from '@almanac/observability';
import { Unavailable } from '@almanac/ports';
import type { Db } from 'mongodb';
import { type Group, type ModelsOf, modelsOf } from './generation.js';
import { type GroupState, groupStates } from './group-state.js';
import { InFlight } from './in-flight.js';
import { instancesCollection, Registration, type Revisions } from './instances.js';
import { migrate } from './migrations.js';
import { orUnavailable } from './or-unavailable.js';

export interface ReadModelsOptions {
  /** Names this process; no two have the same. */
  readonly instance: string;
  /** Milliseconds between two looks at the state. */
  readonly pollInterval?: number;
  /** Milliseconds for which what was seen of the state is relied on; well below the time after which a process that is silent is given up. */
  readonly lease?: number;
  /** Milliseconds that go on while the process is stopped. */
  readonly now?: () => number;
}

interface Known {
  readonly at: number;
  readonly states: ReadonlyMap<Group, GroupState>;
}

const defaults = { pollInterval: 1_000, lease: 5_000, now: () => performance.now() };

/** So often what is known is fetched anew when fetching takes longer than it is relied on. */
const maxFetches = 3;

/**
 * The read models of one process, whichever generations they are in (design 3, `docs/operations/mongodb.md`). What a
 * process does rests on a revision of the state that it has confirmed; a generation is dropped only when every process has
 * confirmed that it no longer uses it, or has been silent for longer than it relies on what it knows. So a process that was
 * stopped meanwhile never takes the emptiness of a dropped generation for an answer.
 */
export class ReadModels {
  readonly #database: Db;
  readonly #options: Required<ReadModelsOptions>;
  readonly #registration: Registration;
  readonly #inFlight = new InFlight();
  #known: Known = { at: Number.NEGATIVE_INFINITY, states: new Map() };
  #fetching: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Db, options: ReadModelsOptions) {
    this.#database = database;
    this.#options = { ...defaults, ...options };
    this.#registration = new Registration(instancesCollection(database), options.instance);
  }

  /** Makes what is missing in the database, and registers. */
  async start(): Promise<void> {
    await orUnavailable(async () => {
      // A client whose first attempt has failed does not try again by itself.
      await this.#database.client.connect();
      await migrate(this.#database);
      await this.refresh();
    });
    this.#timer = setInterval(() => this.#poll(), this.#options.pollInterval).unref();
  }

  /** What is under way should be over. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    await this.#fetching?.catch(() => {});
    await orUnavailable(() => this.#registration.leave());
  }

  /** For what clients are shown. May run the work twice. @throws Unavailable while the database is away */
  read<G extends Group, R>(group: G, work: (models: ModelsOf[G]) => Promise<R>): Promise<R> {
    return this.#run(group, ({ read }) => work(modelsOf(this.#database, group, read)));
  }

  /** For what is decided on: the generation that is written last. @throws Unavailable while the database is away */
  load<G extends Group, R>(group: G, work: (models: ModelsOf[G]) => Promise<R>): Promise<R> {
    return this.#run(group, ({ written: [base] }) => work(modelsOf(this.#database, group, base)));
  }

  /**
   * For every generation that is written, the one that decisions are made on at the end: so no other is ever behind it,
   * once it has been filled. The work bears to be done twice. @throws Unavailable while the database is away
   */
  write<G extends Group>(group: G, work: (models: ModelsOf[G], is: 'base' | 'next') => Promise<void>): Promise<void> {
    return this.#run(group, async ({ written }) => {
      for (const generation of written.toReversed()) {
        await work(modelsOf(this.#database, group, generation), generation === written[0] ? 'base' : 'next');
      }
    });
  }

  /** Looks at the state now; whoever rebuilds sees what this process rests on. */
  refresh(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  #poll(): void {
    this.refresh().catch((error: unknown) => log('warn', 'the state of the read models was not seen', { error }));
  }

  /** The beat comes first: whoever does not see it has changed the state before, and that is then read. */
  async #fetch(): Promise<void> {
    const at = this.#options.now();
    await this.#registration.beat(this.#confirmed());
    const found = await groupStates(this.#database).find({}).toArray();
    this.#known = { at, states: new Map(found.map((state) => [state._id, state])) };
  }

  #confirmed(): Revisions {
    const revisions = [...this.#known.states.values()].map(
      ({ _id, revision }) => [_id, this.#inFlight.oldest(_id, revision)] as const,
    );
    return Object.fromEntries(revisions);
  }

  #run<R>(group: Group, work: (state: GroupState) => Promise<R>): Promise<R> {
    return orUnavailable(async () => {
      for (;;) {
        const { at } = await this.#current();
        const state = this.#stateOf(group);
        const [result] = await Promise.allSettled([this.#inFlight.during(state, () => work(state))]);
        if (await this.#hasMovedOn(state, at)) continue;
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      }
    });
  }

  /** Whether what the work rested on was too old at its end, and has changed. */
  async #hasMovedOn(state: GroupState, at: number): Promise<boolean> {
    if (!this.#hasLapsed(at)) return false;
    await this.#current();
    return this.#stateOf(state._id).revision !== state.revision;
  }

  async #current(): Promise<Known> {
    for (let fetches = 0; this.#hasLapsed(this.#known.at); fetches += 1) {
      if (fetches === maxFetches) throw new Unavailable('the database answers too slowly now');
      await this.refresh();
    }
    return this.#known;
  }

  #hasLapsed(at: number): boolean {
    return this.#options.now() - at > this.#options.lease;
  }

  #stateOf(group: Group): GroupState {
    const state = this.#known.states.get(group);
    if (state === undefined) throw new Unavailable(`the read models of ${group} have not been created yet`);
    return state;
  }
}
