import type { Command, CommandResult, Commit } from '@almanac/contracts';
import type { EventStore, OutcomeLog } from '@almanac/ports';
import { KnownHeads } from './known-heads.js';
import { projectStream } from './run-projection.js';

/** What a service that decides commands works with. */
export interface CommandServicePorts<States> {
  readonly store: EventStore;
  readonly states: States;
  readonly outcomes?: OutcomeLog | undefined;
  readonly project: (commits: readonly Commit[]) => Promise<void>;
  readonly now: () => number;
}

/** Handles a batch; the results are in the order of the commands. */
export type CommandService = (commands: readonly Command[]) => Promise<readonly CommandResult[]>;

/** What a service's handling of all its commands has in common; one for its whole life, as it keeps the heads it knows. */
export const sharedHandling = ({ store, outcomes, project, now }: CommandServicePorts<unknown>) => ({
  ...{ store, outcomes, project, now },
  known: new KnownHeads(),
  catchUp: projectStream(store, project),
});
