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
import { type EventStore, VersionConflict } from '@almanac/ports';
import type { Decider, LoadStates, Versioned } from './decider.js';

export interface CommandHandling<State, Body extends CommandBody, Event extends DomainEvent> {
  readonly decider: Decider<State, Body, Event>;
  readonly load: LoadStates<State, Body>;
  readonly store: EventStore;
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
 * @throws VersionConflict when others kept appending to the same streams.
 */
export async function handleCommands<State, Body extends CommandBody, Event extends DomainEvent>(
  handling: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
): Promise<CommandResult[]> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await handling.store.findByCommands(commands);
    const states = await statesShowing(handling, commands, known);
    try {
      return await decideAndAppend(handling, commands, new Batch(handling.decider, states, known));
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === maxAttempts) throw error;
      await handling.catchUp(error.stream, states.get(error.stream)?.version ?? 0);
    }
  }
}

/**
 * The states that the batch is decided on. An outcome that is said again counts only once the read models show it: what
 * was appended before a conflict, or by somebody who died, is projected first.
 */
async function statesShowing<State, Body extends CommandBody, Event extends DomainEvent>(
  { load, catchUp }: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
  known: readonly Commit[],
): Promise<ReadonlyMap<StreamName, Versioned<State>>> {
  const states = await load(commands);
  const shown = (stream: StreamName): number => states.get(stream)?.version ?? 0;
  const behind = new Set(known.filter(({ stream, version }) => shown(stream) < version).map(({ stream }) => stream));
  if (behind.size === 0) return states;
  for (const stream of behind) await catchUp(stream, shown(stream));
  return load(commands);
}

async function decideAndAppend<State, Body extends CommandBody, Event extends DomainEvent>(
  { store, project, now }: CommandHandling<State, Body, Event>,
  commands: readonly Command<Body>[],
  batch: Batch<State, Body, Event>,
): Promise<CommandResult[]> {
  const results = span('decide', { commands: commands.length }, () =>
    commands.map((command) => batch.handle(command, now())),
  );
  await confirmRefusals(store, batch.refusedAt);
  await span('append', { commits: batch.commits.length }, () => store.append(batch.commits));
  await span('project', { commits: batch.commits.length }, () => project(batch.commits));
  return results;
}

/** A refusal counts only if it was decided on the log's head (design 2). */
async function confirmRefusals(store: EventStore, refusedAt: ReadonlyMap<StreamName, number>): Promise<void> {
  if (refusedAt.size === 0) return;
  const heads = await store.heads([...refusedAt.keys()]);
  for (const [stream, version] of refusedAt) {
    if (heads.get(stream) !== version) throw new VersionConflict(stream);
  }
}

/** The overlay of one batch: states as they are after the batch's own commits so far. */
class Batch<State, Body extends CommandBody, Event extends DomainEvent> {
  readonly commits: Commit<Event>[] = [];
  /** For each stream with a refusal: the version before this batch's own commits. */
  readonly refusedAt = new Map<StreamName, number>();
  readonly #decider: Decider<State, Body, Event>;
  readonly #loaded: ReadonlyMap<StreamName, Versioned<State>>;
  readonly #states: Map<StreamName, Versioned<State>>;
  readonly #results = new Map<string, CommandResult>();

  constructor(
    decider: Decider<State, Body, Event>,
    loaded: ReadonlyMap<StreamName, Versioned<State>>,
    known: readonly Commit[],
  ) {
    this.#decider = decider;
    this.#loaded = loaded;
    this.#states = new Map(loaded);
    for (const commit of known) this.#remember(commit, accepted(commit.outcome));
  }

  handle(command: Command<Body>, now: number): CommandResult {
    const said = this.#results.get(keyOf(command));
    if (said !== undefined) return said;
    if (command.notAfter < now) {
      return refused({ code: 'expired', detail: 'The request waited too long and was not carried out; repeat it.' });
    }
    const result = this.#decide(command);
    this.#remember(command, result);
    return result;
  }

  #decide(command: Command<Body>): CommandResult {
    const current = this.#stateOf(command.stream);
    const decision = this.#decider.decide(current.state, command);
    if (decision.kind === 'reject') {
      this.refusedAt.set(command.stream, this.#loaded.get(command.stream)?.version ?? 0);
      return refused(decision.rejection);
    }
    if (decision.events.length === 0) return accepted({ ...decision.outcome, version: current.version });
    const version = current.version + 1;
    const outcome = { ...decision.outcome, version };
    this.commits.push(commitOf(command, { version, events: decision.events, outcome }));
    this.#states.set(command.stream, { version, state: this.#evolve(current.state, decision.events, version) });
    return accepted(outcome);
  }

  #stateOf(stream: StreamName): Versioned<State> {
    const state = this.#states.get(stream);
    if (state === undefined) throw new Error(`the state of ${stream} was not loaded`);
    return state;
  }

  #evolve(state: State, events: readonly Event[], version: number): State {
    return events.reduce((before, event) => this.#decider.evolve(before, event, version), state);
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
  const { stream, commandId, actor, device, at } = command;
  const traceparent = command.traceparent ?? currentTraceparent();
  return {
    stream,
    commandId,
    actor,
    ...(device === undefined ? {} : { device }),
    at,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...decided,
  };
}
