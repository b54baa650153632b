import { randomUUID } from 'node:crypto';
import {
  type CollectionRecord,
  type Command,
  type CommandBody,
  type CommandHeader,
  type CommandResult,
  commandId,
  type Outcome,
  type ServiceName,
  type StreamName,
  streamName,
} from '@almanac/contracts';
import { encodeSegment } from '@almanac/dav-protocol';
import { currentTraceparent, span } from '@almanac/observability';
import { errorFor } from './errors/rejections.js';
import type { RequestContext } from './request-context.js';

/** A client gets 503 for a write that was not carried out within so many milliseconds. */
const patience = 30_000;
const maxDeviceLength = 200;

export interface Recipient {
  readonly service: ServiceName;
  readonly stream: StreamName;
}

export const ownerOf = ({ owner, stream }: CollectionRecord): Recipient => ({
  service: owner,
  stream: streamName(stream),
});

export function commandHeader({ principal, request }: RequestContext, recipient: Recipient): CommandHeader {
  const at = Date.now();
  const traceparent = currentTraceparent();
  return {
    ...recipient,
    commandId: commandId(randomUUID()),
    actor: principal.id,
    ...(request.userAgent === undefined ? {} : { device: request.userAgent.slice(0, maxDeviceLength) }),
    at,
    notAfter: at + patience,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/**
 * Sends a command and waits for its outcome.
 * @throws DavError for a refusal, by the table of `errors/rejections.ts`
 */
export async function send(context: RequestContext, recipient: Recipient, body: CommandBody): Promise<Outcome> {
  return outcomeOf(await execute(context, { ...commandHeader(context, recipient), body }), recipient);
}

export const execute = ({ ports }: RequestContext, command: Command): Promise<CommandResult> =>
  span('execute-command', { type: command.body.type }, () => ports.gateway.execute(command));

export function outcomeOf(result: CommandResult, { stream }: Recipient): Outcome {
  if (result.kind === 'accepted') return result.outcome;
  const [, home = '', segment = ''] = stream.split('/');
  throw errorFor(
    result.rejection,
    (member) => `/calendars/${encodeSegment(home)}/${encodeSegment(segment)}/${encodeSegment(member)}`,
  );
}
