import type { Db } from 'mongodb';
import { commitsCollection } from '../collections.js';
import { createGeneration, dropGeneration, generationsOf, type Group, modelsOf } from '../generation.js';
import { changeState, type GroupState, stateOf } from '../group-state.js';
import { instancesCollection } from '../instances.js';
import { MongoEventStore } from '../mongo-event-store.js';
import { Confirmation, type Patience, usualPatience } from './confirmation.js';
import { eachOf } from './each-of.js';
import { exclusively } from './exclusive.js';
import { type ProjectorFor, StreamFiller } from './fill-generation.js';
import { streamsOfLog } from './streams-of-log.js';

export interface RebuildProgress {
  readonly step: 'announced' | 'filling' | 'switched' | 'dropped';
  readonly generation: number;
  readonly streams: number;
  readonly commits: number;
}

export interface RebuildOptions {
  /** The projections of the group, or of all groups. */
  readonly projectorFor: ProjectorFor;
  readonly progress?: (progress: RebuildProgress) => void;
  /** Streams that are filled at the same time. */
  readonly concurrency?: number;
  readonly patience?: Patience;
}

const usualConcurrency = 4;

/**
 * Makes a group's read models anew from the log while they are read and written (design 3): the next generation is filled
 * beside the one in use, and takes its place. What an interrupted rebuild has left is cleared up first.
 * @returns how many commits were projected by this process.
 * @throws UnderWay while somebody else rebuilds the group
 */
export function rebuildReadModels(database: Db, group: Group, options: RebuildOptions): Promise<number> {
  return exclusively(database, `rebuild.${group}`, (check) =>
    new Rebuild(database, group, { ...options, check }).run(),
  );
}

class Rebuild {
  readonly #database: Db;
  readonly #group: Group;
  readonly #options: RebuildOptions & { readonly check: () => void };
  readonly #confirmation: Confirmation;
  #counts = { streams: 0, commits: 0 };

  constructor(database: Db, group: Group, options: RebuildOptions & { readonly check: () => void }) {
    this.#database = database;
    this.#group = group;
    this.#options = options;
    this.#confirmation = new Confirmation(instancesCollection(database), options.patience ?? usualPatience);
  }

  async run(): Promise<number> {
    const before = await this.#settle(await stateOf(this.#database, this.#group));
    const generation = before.last + 1;
    const reserved = await changeState(this.#database, before, { last: generation });
    await createGeneration(this.#database, this.#group, generation);
    const announced = await this.#confirmed(reserved, { written: [before.read, generation] });
    this.#tell('announced', generation);
    await this.#fill(generation);
    const switched = await this.#change(announced, { read: generation });
    this.#tell('switched', generation);
    await this.#settle(switched);
    this.#tell('dropped', generation);
    return this.#counts.commits;
  }

  /** One generation stays, the one that is read; nobody uses any other, and they are dropped. */
  async #settle(state: GroupState): Promise<GroupState> {
    await this.#confirmation.of(state, this.#options.check);
    const { read, written } = state;
    const settled =
      written.length === 1 && written[0] === read ? state : await this.#confirmed(state, { written: [read] });
    for (const other of await generationsOf(this.#database, this.#group)) {
      if (isNumber(other) && other !== String(read)) await this.#drop(Number(other), settled);
    }
    return settled;
  }

  async #drop(generation: number, { revision }: GroupState): Promise<void> {
    const now = await stateOf(this.#database, this.#group);
    this.#options.check();
    if (now.revision !== revision) throw new Error(`somebody else has changed the generations of ${this.#group}`);
    await dropGeneration(this.#database, this.#group, generation);
  }

  async #fill(generation: number): Promise<void> {
    const { projectorFor, check, concurrency = usualConcurrency } = this.#options;
    const commits = commitsCollection(this.#database);
    const store = new MongoEventStore(commits, 'calendar');
    const models = modelsOf(this.#database, this.#group, generation);
    const filler = new StreamFiller(this.#group, models, { store, projectorFor });
    await eachOf(streamsOfLog(commits, this.#group), concurrency, async (stream) => {
      const count = await filler.fill(stream, check);
      this.#counts.commits += count;
      this.#counts.streams += 1;
      this.#tell('filling', generation);
    });
  }

  async #confirmed(before: GroupState, changes: Parameters<typeof changeState>[2]): Promise<GroupState> {
    const state = await this.#change(before, changes);
    await this.#confirmation.of(state, this.#options.check);
    return state;
  }

  #change(before: GroupState, changes: Parameters<typeof changeState>[2]): Promise<GroupState> {
    this.#options.check();
    return changeState(this.#database, before, changes);
  }

  #tell(step: RebuildProgress['step'], generation: number): void {
    this.#options.progress?.({ step, generation, ...this.#counts });
  }
}

const isNumber = (generation: string): boolean => /^\d+$/.test(generation);
