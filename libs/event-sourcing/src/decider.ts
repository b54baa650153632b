import type { Head } from '@almanac/ports';
import type { Command, CommandBody, Commit, Decision, DomainEvent, StreamName } from '@almanac/contracts';

/** What a batch needs to know of a stream, at the version that it was read at. */
export interface Versioned<State> {
  readonly version: number;
  readonly state: State;
}

/** Pure: decides over a state, and takes that state one event further. */
export interface Decider<State, Body extends CommandBody, Event extends DomainEvent> {
  decide(state: State, command: Command<Body>): Decision<Event>;
  /** @param commit the one that the event belongs to */
  evolve(state: State, event: Event, commit: Pick<Commit, 'version' | 'actor'>): State;
  /** Where several streams share a part of their states, such as a limit of all of them together. */
  readonly neighbours?: {
    /** The same for all that share. */
    of(stream: StreamName): string;
    /** A neighbour's state, with the shared part of one that has just changed. */
    share(neighbour: State, changed: State): State;
  };
}

/**
 * Reads, from the read models, the states that the commands of one batch are decided on. Of streams in `heads`, a state is
 * only relied on if it is of that version.
 */
export type LoadStates<State, Body extends CommandBody> = (
  commands: readonly Command<Body>[],
  heads: ReadonlyMap<StreamName, Head>,
) => Promise<ReadonlyMap<StreamName, Versioned<State>>>;
