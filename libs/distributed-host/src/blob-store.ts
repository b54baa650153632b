import { connectS3, GridFsBlobStore, type MongoDatabase, S3BlobStore } from '@almanac/adapters-distributed';
import type { BlobStore } from '@almanac/ports';
import type { BlobsConfiguration } from './blobs-configuration.js';

/** Where the contents of attachments are kept: in MongoDB, or in a bucket. */
export function openBlobStore(configuration: BlobsConfiguration, database: MongoDatabase): BlobStore {
  if (configuration.kind === 'gridfs') return new GridFsBlobStore(database);
  const { s3 } = configuration;
  return new S3BlobStore(connectS3(s3), s3.bucket);
}
