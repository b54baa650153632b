import type { Command, CommandResult, Commit, DomainEvent } from '@almanac/contracts';
import { log } from '@almanac/observability';
import { CommandFailed, type CommandGateway, type FeedConsumer } from '@almanac/ports';
import { unlessOver } from './unless-over.js';

/** What a step led to; one that failed was laid aside by its owner, and it is not known what it has done. */
export type StepResult = CommandResult | { readonly kind: 'failed' };

/**
 * A process that goes on over several streams: it reacts to commits with commands whose ids come from the
 * commit, so that reacting twice does nothing twice (design 2).
 */
export interface ProcessManager {
  readonly name: string;
  readonly types: ReadonlySet<DomainEvent['type']>;
  /** @param over see FeedConsumer; no step begins, and none is waited for, once it is aborted */
  react(commit: Commit, execute: (command: Command) => Promise<StepResult>, over: AbortSignal): Promise<void>;
}

/**
 * The feed's view of a process manager: commands go out through the gateway. A step that fails does not stop it for ever: whoever
 * waits behind it would wait for a person.
 */
export function processConsumer(process: ProcessManager, gateway: CommandGateway): FeedConsumer {
  const step = async (command: Command, over: AbortSignal): Promise<StepResult> => {
    over.throwIfAborted();
    try {
      return await unlessOver(gateway.execute(command), over);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      const { commandId, stream } = command;
      log('error', 'a process goes on without a step that failed', { process: process.name, commandId, stream, error });
      return { kind: 'failed' };
    }
  };
  const react = (commit: Commit, over: AbortSignal): Promise<void> =>
    process.react(commit, (command) => step(command, over), over);
  return { name: process.name, types: process.types, react };
}
