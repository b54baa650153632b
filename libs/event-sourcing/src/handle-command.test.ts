import {
  accept,
  type Command,
  type Commit,
  commandId,
  type Decision,
  type HomeEvent,
  reject,
  type StreamName,
  streamName,
  type RemoveHome,
} from '@almanac/contracts';
import { type EventStore, type Head, type OutcomeLog, type SilentOutcome, VersionConflict } from '@almanac/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandHandling, handleCommands, StreamStuck } from './handle-command.js';
import { KnownHeads } from './known-heads.js';

/** Counts; refuses to go above the limit. */
type State = { readonly count: number };
const limit = 3;
const decide = (state: State): Decision<HomeEvent> =>
  state.count >= limit ? reject({ code: 'invalid', detail: 'full' }) : accept([{ type: 'HomeRemoved', schema: 1 }]);

const stream = streamName('t/ada');
const command = (id: string, to: StreamName = stream, notAfter = 100): Command<RemoveHome> => ({
  commandId: commandId(id),
  service: 'calendar',
  stream: to,
  actor: 'ada',
  at: 1,
  notAfter,
  body: { type: 'RemoveHome' },
});

/** A log in memory that checks versions, and a read model that may lag behind it. */
class Log implements EventStore {
  readonly commits: Commit[] = [];
  readonly projected = new Map<StreamName, number>();
  appends = 0;

  async append(commits: readonly Commit[]): Promise<void> {
    this.appends += 1;
    for (const commit of commits) {
      if (this.head(commit.stream) !== commit.version - 1) throw new VersionConflict(commit.stream);
      this.commits.push(commit);
    }
  }
  async read(of: StreamName, after: number): Promise<readonly Commit[]> {
    return this.commits.filter((commit) => commit.stream === of && commit.version > after);
  }
  async heads(streams: readonly StreamName[]) {
    return new Map(streams.map((name) => [name, headFrom(this.commits.findLast((commit) => commit.stream === name))]));
  }
  async findByCommands(commands: readonly { commandId: string; stream: StreamName }[]) {
    return this.commits.filter((commit) =>
      commands.some((each) => each.commandId === commit.commandId && each.stream === commit.stream),
    );
  }
  head(of: StreamName): number {
    return this.commits.filter((commit) => commit.stream === of).length;
  }
  project(commits: readonly Commit[]): void {
    for (const { stream: of, version } of commits) this.projected.set(of, version);
  }
}

const headFrom = (commit: Commit | undefined): Head =>
  commit === undefined
    ? { version: 0 }
    : { version: commit.version, ...(commit.source === undefined ? {} : { source: commit.source, at: commit.at }) };

let log: Log;
type Handling = CommandHandling<State, RemoveHome, HomeEvent>;
let handling: Handling & { decider: { neighbours?: NonNullable<Handling['decider']['neighbours']> } };
beforeEach(() => {
  log = new Log();
  handling = {
    decider: { decide, evolve: ({ count }) => ({ count: count + 1 }) },
    load: async (commands) =>
      new Map(
        commands.map(({ stream: of }) => {
          const version = log.projected.get(of) ?? 0;
          return [of, { version, state: { count: version } }];
        }),
      ),
    store: log,
    known: new KnownHeads(),
    project: async (commits) => log.project(commits),
    catchUp: async (of, after) => log.project(await log.read(of, after)),
    now: () => 50,
  };
});

const handle = (...commands: Command<RemoveHome>[]) => handleCommands(handling, commands);
const versions = async (...commands: Command<RemoveHome>[]) =>
  (await handle(...commands)).map((result) =>
    result.kind === 'accepted' ? result.outcome.version : result.rejection.code,
  );

describe('a batch of commands', () => {
  it('is decided over its own commits, and appended at once', async () => {
    expect(await versions(command('a'), command('b'), command('c', streamName('t/bob')))).toEqual([1, 2, 1]);
    expect(log.appends).toBe(1);
    expect(log.projected.get(stream)).toBe(2);
  });

  it('counts what streams share once for all of them, within the batch', async () => {
    handling.decider.neighbours = { of: (name) => name.split('/')[0] ?? '', share: (_own, changed) => changed };
    const [one, two, other] = [streamName('t/one'), streamName('t/two'), streamName('u/one')];
    const streams = [one, two, one, two, other];
    const results = await handleCommands(
      handling,
      streams.map((to, index) => command(`c${index}`, to)),
    );
    expect(results.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted', 'refused', 'accepted']);
  });

  it('refuses what the batch itself has made impossible, and leaves no trace of it', async () => {
    expect(await versions(command('a'), command('b'), command('c'), command('d'))).toEqual([1, 2, 3, 'invalid']);
    expect(log.commits.map(({ commandId: id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('gives a repeated command the outcome of its commit, in a later batch and in the same', async () => {
    await handle(command('a'));
    expect(await versions(command('a'), command('b'), command('b'))).toEqual([1, 2, 2]);
    expect(log.commits).toHaveLength(2);
  });

  it('drops a command that has waited too long, unless it has a commit', async () => {
    expect(await versions(command('a', stream, 49))).toEqual(['expired']);
    await handle(command('b'));
    expect(await versions(command('b', stream, 49))).toEqual([1]);
  });

  it('projects what the log has and the read model lacks, and decides again', async () => {
    await handle(command('a'));
    log.projected.clear();
    expect(await versions(command('b'))).toEqual([2]);
    expect(log.projected.get(stream)).toBe(2);
  });

  it('sends a refusal only when it was decided on the head of the log (design 2)', async () => {
    await handle(command('a'), command('b'), command('c'));
    log.projected.set(stream, 2);
    expect(await versions(command('d'))).toEqual(['invalid']);
    expect(log.projected.get(stream)).toBe(3);
  });

  it('projects what was appended before a conflict, before its outcome is said (design 3)', async () => {
    const other = streamName('t/bob');
    await handle(command('b1', other));
    log.projected.delete(other);
    expect(await versions(command('a'), command('b2', other))).toEqual([1, 2]);
    expect([log.projected.get(stream), log.projected.get(other)]).toEqual([1, 2]);
  });

  it('gives up when others are always faster', async () => {
    handling = { ...handling, catchUp: async () => {} };
    await handle(command('a'));
    log.projected.clear();
    await expect(handle(command('b'))).rejects.toThrow(StreamStuck);
  });
});

/** Where an owner can die while it handles a batch, and what is left of its work then. */
const deaths: readonly [string, (log: Log) => Partial<CommandHandling<State, RemoveHome, HomeEvent>>][] = [
  ['before the append', (store) => ({ store: dying(store, { append: async () => {} }) })],
  [
    'in the middle of the append',
    (store) => ({ store: dying(store, { append: ([first]) => store.append(first ? [first] : []) }) }),
  ],
  ['after the append', (store) => ({ store: dying(store, { append: (commits) => store.append(commits) }) })],
  [
    'after the projection of a part',
    (store) => ({ project: dyingAfter(async ([first]) => store.project(first ? [first] : [])) }),
  ],
  ['after the projection', (store) => ({ project: dyingAfter(async (commits) => store.project(commits)) })],
  ['after the reply', () => ({})],
];

class Died extends Error {}

const dyingAfter =
  (work: (commits: readonly Commit[]) => Promise<void>) =>
  async (commits: readonly Commit[]): Promise<void> => {
    await work(commits);
    throw new Died();
  };

const dying = (store: Log, { append }: { append: (commits: readonly Commit[]) => Promise<void> }): EventStore => ({
  append: dyingAfter(append),
  read: (of, after) => store.read(of, after),
  heads: (streams) => store.heads(streams),
  findByCommands: (commands) => store.findByCommands(commands),
});

describe('a batch that is delivered again (design 2)', () => {
  const from = (offset: number): Pick<Command, 'source'> => ({
    source: { topic: 'calendar.commands', partition: 3, offset: String(offset) },
  });
  /** Refused on an empty stream; it would be accepted after `b`. */
  const early = { ...command('early'), ...from(9) };
  const [b, c] = [
    { ...command('b'), ...from(10) },
    { ...command('c'), ...from(11) },
  ];

  beforeEach(() => {
    const refusing: typeof decide = (state) =>
      state.count === 0 ? reject({ code: 'invalid', detail: 'empty' }) : decide(state);
    const decider = {
      ...handling.decider,
      decide: (state: State, { commandId: id }: Command) => (id === 'early' ? refusing(state) : decide(state)),
    };
    handling = { ...handling, decider };
  });

  it.each(deaths)('%s: what was refused stays refused, and what was accepted is done once', async (_when, death) => {
    const dead = { ...handling, ...death(log), known: new KnownHeads() };
    await handleCommands(dead, [early, b, c]).catch((error: unknown) => expect(error).toBeInstanceOf(Died));
    handling = { ...handling, known: new KnownHeads() };
    const [refusal, ...outcomes] = await versions(early, b, c);
    expect(refusal).toMatch(/invalid|expired/);
    expect(outcomes).toEqual([1, 2]);
    expect(log.commits.map(({ commandId: id }) => id)).toEqual(['b', 'c']);
    expect(log.projected.get(stream)).toBe(2);
  });

  it('in a topic that was made anew, offsets that begin anew stop nothing', async () => {
    await handle({ ...b, at: 1 });
    const later = { ...command('later', stream, 200_000), ...from(2), at: 100_000 };
    expect(await versions(later)).toEqual([2]);
  });

  it('a copy that comes at a new place gets what the first one got, even if it could be carried out now', async () => {
    const kept = new Map<string, SilentOutcome>();
    const outcomes: OutcomeLog = {
      find: async (refs) => refs.flatMap(({ commandId: id }) => kept.get(id) ?? []),
      record: async (said) => said.forEach((outcome) => kept.set(outcome.commandId, outcome)),
    };
    handling = { ...handling, outcomes };
    expect(await versions(early)).toEqual(['invalid']);
    expect(await versions(b)).toEqual([1]);
    expect(await versions({ ...early, ...from(12) })).toEqual(['invalid']);
    expect(log.commits.map(({ commandId: id }) => id)).toEqual(['b']);
  });

  it('one that a sleeper carries out between the look-up and the decision is not refused', async () => {
    let asleep = true;
    const store: EventStore = {
      ...dying(log, { append: (commits) => log.append(commits) }),
      append: (commits) => log.append(commits),
      findByCommands: async (refs) => {
        const found = await log.findByCommands(refs);
        if (asleep) {
          asleep = false;
          const sleeper = { ...handling, store: log, known: new KnownHeads() };
          await handleCommands(sleeper, [b, c, { ...command('d'), ...from(12) }]);
        }
        return found;
      },
    };
    handling = { ...handling, store, known: new KnownHeads() };
    expect(await versions({ ...command('d'), ...from(12), notAfter: Number.MAX_SAFE_INTEGER })).toEqual([3]);
  });

  it('a command of another partition, or one that is sent anew, is decided', async () => {
    await handle(b);
    expect(await versions({ ...early, source: { topic: 'calendar.commands', partition: 4, offset: '2' } })).toEqual([
      2,
    ]);
    expect(await versions({ ...command('early2'), ...from(12) })).toEqual([3]);
  });

  it('a commit says where its command came from', async () => {
    await handle(b);
    expect(log.commits[0]?.source).toEqual(b.source);
  });
});
