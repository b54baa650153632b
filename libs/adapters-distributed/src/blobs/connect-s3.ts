import { S3Client } from '@aws-sdk/client-s3';

/** Where the bucket is, and how to get in. The bucket is there already, and may hold what is not ours. */
export interface S3Connection {
  /** Of a server that is not Amazon's. */
  readonly endpoint?: string;
  readonly region: string;
  readonly bucket: string;
  /** Left out: what the surroundings give (a role of the pod or the machine, a profile), as Amazon's libraries find it. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** `https://host/bucket/key` instead of `https://bucket.host/key`, which needs a name for each bucket. */
  readonly pathStyle: boolean;
  /** The authorities that are trusted, in PEM; the system's when there are none. */
  readonly ca?: readonly string[];
}

const connectionTimeout = 5_000;

/** A server that was stopped, or whose packets are lost, is found out after so many milliseconds. */
const socketTimeout = 120_000;

/** A slow client holds one for as long as it reads. */
const maxSockets = 500;

/** Connects at the first use. */
export const connectS3 = ({ endpoint, region, credentials, pathStyle, ca }: S3Connection): S3Client =>
  new S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials: { ...credentials } }),
    // What is sent is checked by its signature, which holds its SHA-256; not every server knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout,
      socketTimeout,
      httpAgent: { maxSockets, keepAlive: true },
      httpsAgent: { maxSockets, keepAlive: true, ...(ca === undefined ? {} : { ca: [...ca] }) },
    },
  });
