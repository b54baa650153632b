import type { Command, CommandResult, Commit, DomainEvent } from '@almanac/contracts';
import type { CommandGateway, FeedConsumer } from '@almanac/ports';

/**
 * A process that goes on over several streams: it reacts to commits with commands whose ids come from the
 * commit, so that reacting twice does nothing twice (design 2).
 */
export interface ProcessManager {
  readonly name: string;
  readonly types: ReadonlySet<DomainEvent['type']>;
  react(commit: Commit, execute: (command: Command) => Promise<CommandResult>): Promise<void>;
}

/** The feed's view of a process manager: commands go out through the gateway. */
export function processConsumer(process: ProcessManager, gateway: CommandGateway): FeedConsumer {
  const execute = (command: Command): Promise<CommandResult> => gateway.execute(command);
  return { name: process.name, types: process.types, react: (commit) => process.react(commit, execute) };
}
