import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationFault } from '@almanac/service-host';
import { afterAll, expect, it } from 'vitest';
import { readBlobsConfiguration } from './blobs-configuration.js';

const folder = mkdtempSync(join(tmpdir(), 'almanac-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (text: string): string => {
  const path = join(folder, text);
  writeFileSync(path, `${text}\n`);
  return path;
};

const s3 = { ALMANAC_BLOBS: 's3', ALMANAC_S3_BUCKET: 'almanac-blobs' };

it('keeps blobs in GridFS where nothing else is said', () => {
  expect(readBlobsConfiguration({})).toEqual({ kind: 'gridfs' });
});

it('needs no more than a bucket at Amazon', () => {
  expect(readBlobsConfiguration(s3)).toEqual({
    kind: 's3',
    s3: { region: 'us-east-1', bucket: 'almanac-blobs', pathStyle: false },
  });
});

it('takes a server of its own, with secrets and authorities from files', () => {
  const values = {
    ...s3,
    ALMANAC_S3_ENDPOINT: 'https://s3.example.org',
    ALMANAC_S3_REGION: 'home',
    ALMANAC_S3_ACCESS_KEY: 'almanac',
    ALMANAC_S3_SECRET_KEY_FILE: fileWith('secret'),
    ALMANAC_S3_CA: fileWith('authority'),
  };
  expect(readBlobsConfiguration(values)).toEqual({
    kind: 's3',
    s3: {
      endpoint: 'https://s3.example.org',
      region: 'home',
      bucket: 'almanac-blobs',
      pathStyle: true,
      credentials: { accessKeyId: 'almanac', secretAccessKey: 'secret' },
      ca: ['authority\n'],
    },
  });
  expect(readBlobsConfiguration({ ...values, ALMANAC_S3_PATH_STYLE: 'off' })).toMatchObject({
    s3: { pathStyle: false },
  });
});

it.each([
  ['ALMANAC_BLOBS', { ALMANAC_BLOBS: 'disk' }],
  ['ALMANAC_S3_BUCKET', { ALMANAC_BLOBS: 's3' }],
  ['ALMANAC_S3_BUCKET', { ...s3, ALMANAC_S3_BUCKET: 'Not/A bucket' }],
  ['ALMANAC_S3_ENDPOINT', { ...s3, ALMANAC_S3_ENDPOINT: 's3.example.org:9000' }],
  ['ALMANAC_S3_PATH_STYLE', { ...s3, ALMANAC_S3_PATH_STYLE: 'yes' }],
  ['ALMANAC_S3_SECRET_KEY', { ...s3, ALMANAC_S3_ACCESS_KEY: 'almanac' }],
  ['ALMANAC_S3_ACCESS_KEY', { ...s3, ALMANAC_S3_SECRET_KEY: 'secret' }],
  ['ALMANAC_S3_SECRET_KEY_FILE', { ...s3, ALMANAC_S3_SECRET_KEY_FILE: '/nowhere' }],
  ['ALMANAC_S3_CA', { ...s3, ALMANAC_S3_CA: '/nowhere' }],
])('says that %s cannot be used', (name, values) => {
  expect(() => readBlobsConfiguration(values)).toThrow(ConfigurationFault);
  expect(() => readBlobsConfiguration(values)).toThrow(name);
});
