import { MongoBulkWriteError, MongoNetworkError, MongoServerError, MongoTopologyClosedError } from 'mongodb';
import { expect, it } from 'vitest';
import { isMongoAway } from './is-mongo-away.js';

it.each([
  ['a connection that was cut', new MongoNetworkError('closed'), true],
  [
    'one that was cut in a bulk write',
    new MongoBulkWriteError(new MongoNetworkError('cut') as never, {} as never),
    true,
  ],
  ['one that was never made', new MongoTopologyClosedError('closed'), true],
  [
    'a primary that stepped down',
    new MongoServerError({ message: 'not primary', code: 10_107, errorLabels: ['RetryableWriteError'] }),
    true,
  ],
  ['a socket that the server has closed', Object.assign(new Error('ended'), { code: 'EPIPE' }), true],
  ['a read that met a step-down', new MongoServerError({ message: 'interrupted', code: 11_602 }), true],
  ['a full disk', new MongoServerError({ message: 'out of disk space', code: 14_031 }), true],
  ['a key that is taken', new MongoServerError({ message: 'duplicate key', code: 11_000 }), false],
  ['a mistake of ours', new TypeError('undefined'), false],
])('%s: %s is away: %s', (_what, error, away) => {
  expect(isMongoAway(error)).toBe(away);
});
