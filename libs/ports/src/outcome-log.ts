import type { CommandResult } from '@almanac/contracts';
import type { CommandRef } from './event-store.js';

export interface SilentOutcome extends CommandRef {
  readonly result: CommandResult;
  /** Milliseconds since 1970: a copy of the command that comes later is dropped for its age. */
  readonly until: number;
}

/**
 * What commands led to that left no commit: refusals, and that nothing had to change. Needed where a command may come twice
 * (design 2): its copy must not be carried out after the client was told that it was not. Contract: `outcome-log.contract.ts`.
 */
export interface OutcomeLog {
  find(commands: readonly CommandRef[]): Promise<readonly SilentOutcome[]>;
  /** An outcome that is there already stays. */
  record(outcomes: readonly SilentOutcome[]): Promise<void>;
}
