import {
  type Command,
  type CommandResult,
  commandId,
  homeCommandTypes,
  isOverlayStream,
  overlayCommandTypes,
  principalCommandTypes,
  streamName,
  tenantCommandTypes,
  tenantsStream,
} from '@almanac/contracts';
import { CommandFailed } from '@almanac/ports';
import type { Message } from 'kafkajs';
import { headerOf, headersFrom } from './kafka-client.js';

/** Headers of commands and replies. */
export const replyTo = 'reply-to';
/** Tells apart what one frontend waits for. */
export const correlation = 'correlation';

/** What the owner of a stream says to the frontend that waits; the error is that of a command that was parked. */
export type Reply =
  | { readonly result: CommandResult }
  | { readonly error: { readonly name: string; readonly message: string } };

type Sent = Pick<Message, 'headers' | 'value'>;

/** Null when nobody waits for a reply to the message. */
export function replyMessage(message: Sent, reply: Reply): Message | null {
  const [frontend, id] = [headerOf(message, replyTo), headerOf(message, correlation)];
  if (frontend === undefined || id === undefined) return null;
  const headers = headersFrom({ [replyTo]: frontend, [correlation]: id });
  return { key: frontend, value: JSON.stringify(reply), headers };
}

export const errorReply = (error: unknown): Reply => ({
  error:
    error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) },
});

/** @throws CommandFailed when it was parked */
export function resultFrom({ value }: Sent): CommandResult {
  const reply = JSON.parse(String(value)) as Reply;
  if ('result' in reply) return reply.result;
  throw new CommandFailed(reply.error);
}

/** Whether a command is one for a stream of that name; others would never find a state to be decided on. */
function fits({ stream, body: { type } }: Command): boolean {
  const depth = stream.split('/').length;
  if (tenantCommandTypes.has(type)) return stream === tenantsStream;
  if (overlayCommandTypes.has(type)) return isOverlayStream(streamName(stream));
  if (principalCommandTypes.has(type)) return depth === 1 && stream !== tenantsStream;
  return depth === (homeCommandTypes.has(type) ? 2 : 3);
}

/** @throws when the message is no command */
export function commandFrom({ value }: Sent): Command {
  const command = JSON.parse(String(value)) as Command;
  const { commandId: id, stream, body, at, notAfter, actor } = command;
  const texts = [id, stream, actor, body?.type];
  if (texts.some((text) => typeof text !== 'string') || !Number.isFinite(at) || !Number.isFinite(notAfter)) {
    throw new TypeError('the message is no command');
  }
  if (!fits(command)) throw new TypeError(`${stream} is not a stream for ${body.type}`);
  return { ...command, commandId: commandId(id), stream: streamName(stream) };
}
