import {
  accepted,
  type Command,
  type CommandBody,
  type CommandResult,
  type Commit,
  type DomainEvent,
  refused,
  type StreamName,
} from '@almanac/contracts';
import { currentTraceparent, span } from '@almanac/observability';
import {
  type CommandRef,
  type EventStore,
  type Head,
  type OutcomeLog,
  type SilentOutcome,
  VersionConflict,
} from '@almanac/ports';
import type { Decider, LoadStates, Versioned } from './decider.js';
import type { KnownHeads } from './known-heads.js';

export interface CommandHandling<State, Body extends CommandBody, Event extends DomainEvent> {
  readonly decider: Decider<State, Body, Event>;
  readonly load: LoadStates<State, Body>;
  readonly store: EventStore;
  /** Where commands may come twice: what those led to that have no commit. */
  readonly outcomes?: OutcomeLog | undefined;
  /** Kept from batch to batch. */
  readonly known: KnownHeads;
  /** Brings the read models up to these commits. */
  readonly project: (commits: readonly Commit[]) => Promise<void>;
  /** Projects what the log of a stream has after a version, and its read models lack. */
  readonly catchUp: (stream: StreamName, after: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A stream may be contended by so many others in a row before the batch is given up. */
const maxAttempts = 10;

/**
 * Handles a batch of one service (design 2): one read of the states, decisions over an overlay of the batch, one
 * append, one projection. The results stand in the order of the commands.
 * @throws StreamStuck when a stream's read models and its log could not be brought together, or others kept appending
 */
export async function handleCommands<State, Body extends CommandBody, Event extends DomainEvent>(
  handling: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
): Promise<CommandResult[]> {
  const streams = [...new Set(commands.map(({ stream }) => stream))];
  for (let attempt = 1; ; attempt += 1) {
    let versions: ReadonlyMap<StreamName, Versioned<State>> = new Map();
    try {
      const basis = await basisOf(handling, commands, streams);
      versions = basis.states;
      const batch = new Batch(handling.decider, basis);
      const results = await decideAndAppend(handling, commands, batch);
      handling.known.remember(batch.heads());
      return results;
    } catch (error) {
      handling.known.forget(streams);
      if (!(error instanceof VersionConflict)) throw error;
      if (attempt === maxAttempts) throw new StreamStuck(error.stream, versions.get(error.stream)?.version);
      await handling.catchUp(error.stream, versions.get(error.stream)?.version ?? 0);
    }
  }
}

/** Commands of a stream cannot be handled: a person has to look at it. Its neighbours can. */
export class StreamStuck extends Error {
  override readonly name = 'StreamStuck';

  constructor(stream: StreamName, shown: number | undefined) {
    super(
      `${stream}: the read models, at version ${shown ?? 'unknown'}, and the log do not come together; see "verify"`,
    );
  }
}

/** What a batch is decided on. */
interface Basis<State> {
  readonly states: ReadonlyMap<StreamName, Versioned<State>>;
  readonly heads: ReadonlyMap<StreamName, Head>;
  /** The commits that commands of the batch have led to already. */
  readonly commits: readonly Commit[];
  /** What others have led to without one. */
  readonly silent: readonly SilentOutcome[];
}

/**
 * Reads, all at once. Whoever meets a stream for the first time, and whoever finds that it was left half-done, first projects
 * what the log has and the read models lack: an outcome that is said again, too, counts only once they show it.
 */
async function basisOf<State, Body extends CommandBody, Event extends DomainEvent>(
  { load, store, outcomes, known, catchUp }: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
  streams: readonly StreamName[],
): Promise<Basis<State>> {
  const kept = known.of(streams);
  const [commits, silent, asked, states] = await Promise.all([
    store.findByCommands(commands),
    outcomes?.find(commands) ?? [],
    store.heads(streams.filter((stream) => !kept.has(stream))),
    load(commands, kept),
  ]);
  const heads = new Map([...kept, ...asked]);
  const shown = (stream: StreamName): number => states.get(stream)?.version ?? 0;
  const headOf = (stream: StreamName): number => heads.get(stream)?.version ?? 0;
  const behind = new Set([
    ...streams.filter((stream) => shown(stream) !== headOf(stream)),
    ...commits.filter(({ stream, version }) => shown(stream) < version).map(({ stream }) => stream),
  ]);
  if (behind.size === 0) return { states, heads, commits, silent };
  known.forget(behind);
  for (const stream of behind) await catchUp(stream, shown(stream));
  const now = await store.heads([...behind]);
  const caughtUp = await load(commands, new Map());
  for (const stream of behind) {
    if (caughtUp.get(stream)?.version !== now.get(stream)?.version) throw new VersionConflict(stream);
  }
  return { states: caughtUp, heads: new Map([...heads, ...now]), commits, silent };
}

async function decideAndAppend<State, Body extends CommandBody, Event extends DomainEvent>(
  { store, outcomes, project, now }: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
  batch: Batch<State, Body, Event>,
): Promise<CommandResult[]> {
  const results = span('decide', { commands: commands.length }, () =>
    commands.map((command) => batch.handle(command, now())),
  );
  await confirm(store, batch);
  await span('append', { commits: batch.commits.length }, () => store.append(batch.commits));
  await Promise.all([
    span('project', { commits: batch.commits.length }, () => project(batch.commits)),
    outcomes?.record(batch.silent),
  ]);
  return results;
}

interface Unwritten {
  readonly unwritten: readonly CommandRef[];
  readonly unwrittenAt: ReadonlyMap<StreamName, number>;
}

/**
 * A refusal, and that nothing had to change, count only if they were decided on the log's head (design 2), and if nobody has
 * carried out the command meanwhile: one that was believed dead may have woken up.
 */
async function confirm(store: EventStore, { unwritten, unwrittenAt }: Unwritten): Promise<void> {
  if (unwritten.length === 0) return;
  const [heads, [carriedOut]] = await Promise.all([
    store.heads([...unwrittenAt.keys()]),
    store.findByCommands(unwritten),
  ]);
  if (carriedOut !== undefined) throw new VersionConflict(carriedOut.stream);
  for (const [stream, version] of unwrittenAt) {
    if (heads.get(stream)?.version !== version) throw new VersionConflict(stream);
  }
}

/** Clocks of different machines differ by less, in milliseconds. */
const clockTolerance = 60_000;

/** A process manager repeats its steps within so many milliseconds. */
const longestRepeat = 24 * 60 * 60_000;

/** The overlay of one batch: states as they are after the batch's own commits so far. */
class Batch<State, Body extends CommandBody, Event extends DomainEvent> {
  readonly commits: Commit<Event>[] = [];
  /** What commands of this batch led to without a commit. */
  readonly silent: SilentOutcome[] = [];
  /** The commands whose outcome the log says nothing of. */
  readonly unwritten: CommandRef[] = [];
  /** For each stream with an outcome that the log says nothing of: the version before this batch's own commits. */
  readonly unwrittenAt = new Map<StreamName, number>();
  readonly #decider: Decider<State, Body, Event>;
  readonly #loaded: ReadonlyMap<StreamName, Versioned<State>>;
  readonly #heads: ReadonlyMap<StreamName, Head>;
  readonly #states: Map<StreamName, Versioned<State>>;
  readonly #results = new Map<string, CommandResult>();
  #neighbourhoods: ReadonlyMap<string, readonly StreamName[]> | undefined;

  constructor(decider: Decider<State, Body, Event>, { states, heads, commits, silent }: Basis<State>) {
    this.#decider = decider;
    this.#loaded = states;
    this.#heads = heads;
    this.#states = new Map(states);
    for (const { result, ...command } of silent) this.#remember(command, result);
    for (const commit of commits) this.#remember(commit, accepted(commit.outcome));
  }

  /** Where the streams end after the batch's own commits. */
  heads(): Map<StreamName, Head> {
    const heads = new Map(this.#heads);
    for (const { stream, version, source, at } of this.commits) {
      heads.set(stream, source === undefined ? { version } : { version, source, at });
    }
    return heads;
  }

  handle(command: Command<Body>, now: number): CommandResult {
    const said = this.#results.get(keyOf(command));
    if (said !== undefined) return said;
    if (command.notAfter < now) {
      return refused({ code: 'expired', detail: 'The request waited too long and was not carried out; repeat it.' });
    }
    if (this.#wasRefused(command)) {
      this.#leaveUnwritten(command);
      return refused({ code: 'expired', detail: 'The request was probably not carried out; repeat it.' });
    }
    const result = this.#decide(command);
    this.#remember(command, result);
    return result;
  }

  /**
   * It comes again, and one that came after it has a commit: so it was decided, and as it has none, it was refused or had
   * nothing to change. What it led to is not known any more, but it stays without effect (design 2).
   */
  #wasRefused({ stream, source, at, notAfter }: Command<Body>): boolean {
    const { source: last, at: lastAt = 0 } = this.#heads.get(stream) ?? {};
    if (source === undefined || last === undefined) return false;
    // Offsets begin anew where a topic is made anew. And a process manager's steps are old when they are sent.
    if (at > lastAt + clockTolerance || notAfter === Number.MAX_SAFE_INTEGER) return false;
    if (source.topic !== last.topic || source.partition !== last.partition) return false;
    return BigInt(source.offset) <= BigInt(last.offset);
  }

  #decide(command: Command<Body>): CommandResult {
    const current = this.#stateOf(command.stream);
    const decision = this.#decider.decide(current.state, command);
    if (decision.kind === 'reject') {
      return this.#withoutCommit(command, refused(decision.rejection));
    }
    if (decision.events.length === 0) {
      return this.#withoutCommit(command, accepted({ ...decision.outcome, version: current.version }));
    }
    const version = current.version + 1;
    const outcome = { ...decision.outcome, version };
    this.commits.push(commitOf(command, { version, events: decision.events, outcome }));
    const { actor } = command;
    this.#advance(command.stream, { version, state: this.#evolve(current.state, decision.events, { version, actor }) });
    return accepted(outcome);
  }

  /** The stream's new state; its neighbours of this batch get what they share of it. */
  #advance(stream: StreamName, changed: Versioned<State>): void {
    this.#states.set(stream, changed);
    const { neighbours } = this.#decider;
    if (neighbours === undefined) return;
    this.#neighbourhoods ??= Map.groupBy(this.#states.keys(), (each) => neighbours.of(each));
    for (const neighbour of this.#neighbourhoods.get(neighbours.of(stream)) ?? []) {
      if (neighbour === stream) continue;
      const { version, state } = this.#stateOf(neighbour);
      this.#states.set(neighbour, { version, state: neighbours.share(state, changed.state) });
    }
  }

  #withoutCommit({ stream, commandId, source, at, notAfter }: Command<Body>, result: CommandResult): CommandResult {
    this.#leaveUnwritten({ stream, commandId });
    const until = Math.min(notAfter, at + longestRepeat) + clockTolerance;
    if (source !== undefined) this.silent.push({ stream, commandId, result, until });
    return result;
  }

  #leaveUnwritten({ stream, commandId }: CommandRef): void {
    this.unwritten.push({ stream, commandId });
    this.unwrittenAt.set(stream, this.#loaded.get(stream)?.version ?? 0);
  }

  #stateOf(stream: StreamName): Versioned<State> {
    const state = this.#states.get(stream);
    if (state === undefined) throw new Error(`the state of ${stream} was not loaded`);
    return state;
  }

  #evolve(state: State, events: readonly Event[], commit: Pick<Commit, 'version' | 'actor'>): State {
    return events.reduce((before, event) => this.#decider.evolve(before, event, commit), state);
  }

  #remember(command: { stream: StreamName; commandId: string }, result: CommandResult): void {
    this.#results.set(keyOf(command), result);
  }
}

const keyOf = (command: { stream: StreamName; commandId: string }): string => `${command.stream}\n${command.commandId}`;

function commitOf<Event extends DomainEvent>(
  command: Command,
  decided: Pick<Commit<Event>, 'version' | 'events' | 'outcome'>,
): Commit<Event> {
  const { stream, commandId, source, actor, device, at } = command;
  const traceparent = command.traceparent ?? currentTraceparent();
  return {
    stream,
    commandId,
    ...(source === undefined ? {} : { source }),
    actor,
    ...(device === undefined ? {} : { device }),
    at,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...decided,
  };
}
