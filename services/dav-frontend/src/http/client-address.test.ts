import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

const from = (forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress: '10.0.0.1' },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

it.each([
  [false, '192.0.2.1', '10.0.0.1'],
  [true, '192.0.2.1', '192.0.2.1'],
  [true, 'forged, 192.0.2.1', '192.0.2.1'],
  [true, undefined, '10.0.0.1'],
  [true, '', '10.0.0.1'],
])('with trust in the proxy %s, %s in X-Forwarded-For: the client is %s', (trustProxy, forwarded, address) => {
  expect(clientAddress(from(forwarded), { trustProxy })).toBe(address);
});
