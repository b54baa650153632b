import { readFileSync } from 'node:fs';
import type { S3Connection } from '@almanac/adapters-distributed';
import { ConfigurationFault, Environment } from '@almanac/service-host';

/** Where blobs are kept: with everything else in MongoDB, or in a bucket. */
export type BlobsConfiguration = { readonly kind: 'gridfs' } | { readonly kind: 's3'; readonly s3: S3Connection };

/** @throws ConfigurationFault */
export function readBlobsConfiguration(values: NodeJS.ProcessEnv): BlobsConfiguration {
  const environment = new Environment(values);
  const kind = environment.oneOf('ALMANAC_BLOBS', 'gridfs', ['gridfs', 's3']);
  return kind === 'gridfs' ? { kind } : { kind, s3: s3Connection(environment) };
}

function s3Connection(environment: Environment): S3Connection {
  const endpoint = endpointOf(environment);
  // A server of one's own seldom has a name for each bucket.
  const addressing = environment.oneOf('ALMANAC_S3_PATH_STYLE', endpoint === null ? 'off' : 'on', ['on', 'off']);
  const ca = environment.optional('ALMANAC_S3_CA');
  return {
    ...(endpoint === null ? {} : { endpoint }),
    region: environment.text('ALMANAC_S3_REGION', 'us-east-1'),
    bucket: bucketOf(environment),
    pathStyle: addressing === 'on',
    ...credentialsOf(environment),
    ...(ca === null ? {} : { ca: [authorityFrom(ca)] }),
  };
}

function endpointOf(environment: Environment): string | null {
  const endpoint = environment.optional('ALMANAC_S3_ENDPOINT');
  if (endpoint === null || (URL.canParse(endpoint) && /^https?:/.test(endpoint))) return endpoint;
  throw new ConfigurationFault(`ALMANAC_S3_ENDPOINT is ${endpoint}; it must be a URL like https://s3.example.org.`);
}

function bucketOf(environment: Environment): string {
  const bucket = environment.required('ALMANAC_S3_BUCKET', 'almanac-blobs');
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return bucket;
  throw new ConfigurationFault(
    `ALMANAC_S3_BUCKET is ${bucket}; it must be 3 to 63 lower-case letters, digits, "-" or ".".`,
  );
}

/** None: those that the machine or the pod has by its role. */
function credentialsOf(environment: Environment): Pick<S3Connection, 'credentials'> {
  const accessKeyId = environment.optional('ALMANAC_S3_ACCESS_KEY');
  const secretAccessKey = environment.secret('ALMANAC_S3_SECRET_KEY');
  if ((accessKeyId === null) !== (secretAccessKey === null)) {
    throw new ConfigurationFault(
      'ALMANAC_S3_ACCESS_KEY and ALMANAC_S3_SECRET_KEY (or …_SECRET_KEY_FILE) are set together, or neither is.',
    );
  }
  return accessKeyId === null || secretAccessKey === null ? {} : { credentials: { accessKeyId, secretAccessKey } };
}

function authorityFrom(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationFault(`ALMANAC_S3_CA is ${file}, which cannot be read: ${(error as Error).message}.`);
  }
}
