import type { Command, CommandResult } from '@almanac/contracts';

/** Takes commands to the service that owns their stream. Contract: `command-gateway.contract.ts`. */
export interface CommandGateway {
  /**
   * Fulfilled once the outcome is durable and shown by the read models, or the command is refused.
   * @throws Unavailable when it cannot be known in time; to repeat the same command is safe.
   * @throws CommandFailed
   */
  execute(command: Command): Promise<CommandResult>;
}

/**
 * The owner of the stream met with an error that is no refusal, and laid the command aside: a person has to look at it. To send
 * it again leads to the same.
 */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** The name of the owner's error. */
  readonly met: string;

  constructor({ name, message }: { readonly name: string; readonly message: string }) {
    super(message);
    this.met = name;
  }
}
