import type { Command, CommandResult } from '@almanac/contracts';

/** A service's side of the command gateway: the results stand in the order of the commands. */
export type BatchHandler = (commands: readonly Command[]) => Promise<readonly CommandResult[]>;
