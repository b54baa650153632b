import type { Command, CommandResult } from '@almanac/contracts';

/** Takes commands to the service that owns their stream. Contract: `command-gateway.contract.ts`. */
export interface CommandGateway {
  /**
   * Fulfilled once the outcome is durable and shown by the read models, or the command is refused.
   * @throws Unavailable when it cannot be known in time; to repeat the same command is safe.
   */
  execute(command: Command): Promise<CommandResult>;
}
