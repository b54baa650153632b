import type { IncomingMessage } from 'node:http';

/** Whether the connection's other side is a proxy whose word on the client is taken. */
export interface ProxyTrust {
  readonly trustProxy: boolean;
}

/**
 * Where a request comes from. Of X-Forwarded-For only the last entry counts: the proxy in front has written it, what stands
 * before it may be anybody's invention.
 */
export function clientAddress(message: IncomingMessage, { trustProxy }: ProxyTrust): string {
  const own = message.socket.remoteAddress ?? '';
  if (!trustProxy) return own;
  const forwarded = message.headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? '')).split(',').at(-1)?.trim();
  return last || own;
}
