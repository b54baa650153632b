import { CommandFailed, Unavailable } from '@almanac/ports';
import { expect, it } from 'vitest';
import { errorResponse } from './send-response.js';

it.each([
  ['what is away', new Unavailable('the brokers are away'), 503, '2'],
  ['a stream that is stuck', new CommandFailed({ name: 'StreamStuck', message: 'see "verify"' }), 503, '2'],
  ['a command that failed', new CommandFailed({ name: 'RangeError', message: 'a rule has thrown' }), 500, undefined],
])('answers for %s', (_what, error, status, retryAfter) => {
  const response = errorResponse(error);
  expect([response.status, response.headers?.['Retry-After']]).toEqual([status, retryAfter]);
});
