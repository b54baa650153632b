import { randomUUID } from 'node:crypto';
import {
  type CollectionRecord,
  type Command,
  type CommandBody,
  type CommandHeader,
  type CommandResult,
  commandId,
  homeOf,
  homeStream,
  type Outcome,
  principalId,
  type ServiceName,
  type StreamName,
  streamName,
  tenantId,
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

/** Rights are checked where the command is decided; they hang on groups only in somebody else's home. */
export async function commandHeader(context: RequestContext, recipient: Recipient): Promise<CommandHeader> {
  const { tenant, principal, request } = context;
  const isOwn = homeOf(recipient.stream) === homeStream(tenantId(tenant.id), principalId(principal.id));
  const { groups } = isOwn ? { groups: [] } : await context.viewer();
  const at = Date.now();
  const traceparent = currentTraceparent();
  return {
    ...recipient,
    commandId: commandId(randomUUID()),
    actor: principal.id,
    groups,
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
  return outcomeOf(await execute(context, { ...(await commandHeader(context, recipient)), body }), recipient);
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
