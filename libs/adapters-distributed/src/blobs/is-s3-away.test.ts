import { Unavailable } from '@almanac/ports';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { isMissing, isS3Away, orUnavailable } from './is-s3-away.js';

const said = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'server', $metadata: { httpStatusCode } });
const cut = (code: string) => Object.assign(new Error(code), { code });

it.each([
  ['a refused connection', cut('ECONNREFUSED')],
  ['a connection that was cut', cut('ECONNRESET')],
  ['a name that is not found', cut('ENOTFOUND')],
  ['a time-out', Object.assign(new Error('late'), { name: 'TimeoutError' })],
  ['an error of the server', said('InternalError', 500)],
  ['too many requests', said('SlowDown', 503)],
  ['a limit', said('TooManyRequests', 429)],
])('is away: %s', async (_what, error) => {
  expect(isS3Away(error)).toBe(true);
  await expect(orUnavailable(() => Promise.reject(error))).rejects.toThrow(Unavailable);
});

it.each([
  ['a key that is wrong', said('InvalidAccessKeyId', 403)],
  ['a bucket that is missing', said('NoSuchBucket', 404)],
  ['a mistake of ours', new TypeError('x')],
])('is not away: %s', async (_what, error) => {
  expect(isS3Away(error)).toBe(false);
  await expect(orUnavailable(() => Promise.reject(error))).rejects.toBe(error);
});

it('tells a missing object from a missing bucket', () => {
  expect(isMissing(said('NoSuchKey', 404))).toBe(true);
  expect(isMissing(said('NoSuchBucket', 404))).toBe(false);
});
