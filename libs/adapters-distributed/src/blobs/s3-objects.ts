import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import type { ByteRange } from '@almanac/ports';
import { isMissing } from './is-s3-away.js';

export interface S3Object {
  readonly key: string;
  readonly size: number;
}

/** The bucket, and what is done in it with single objects. */
export class S3Objects {
  readonly client: S3Client;
  readonly bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.client = client;
    this.bucket = bucket;
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    const { client, bucket: Bucket } = this;
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: key,
        Body: content,
        ContentLength: content.byteLength,
        ContentType: octetStream,
      }),
    );
  }

  /** Null when there is none. A range is not empty. */
  async get(key: string, { start, end }: ByteRange): Promise<Readable | null> {
    const { client, bucket: Bucket } = this;
    try {
      const command = new GetObjectCommand({ Bucket, Key: key, Range: `bytes=${start}-${end - 1}` });
      return (await client.send(command)).Body as Readable;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** One that is not there any more is as good. */
  async delete(key: string): Promise<void> {
    const { client, bucket: Bucket } = this;
    await client.send(new DeleteObjectCommand({ Bucket, Key: key })).catch(unlessMissing);
  }

  /** Objects by key. @param pageSize how many are asked for at a time */
  async *list(prefix: string, { after = '', pageSize = 1000 } = {}): AsyncGenerator<S3Object> {
    const { client, bucket: Bucket } = this;
    const query = { Bucket, Prefix: prefix, MaxKeys: pageSize, ...(after === '' ? {} : { StartAfter: after }) };
    for (let token: string | undefined; ; ) {
      const continuation = token === undefined ? {} : { ContinuationToken: token };
      const page = await client.send(new ListObjectsV2Command({ ...query, ...continuation }));
      for (const { Key: key, Size: size = 0 } of page.Contents ?? []) if (key !== undefined) yield { key, size };
      token = page.NextContinuationToken;
      if (page.IsTruncated !== true || token === undefined) return;
    }
  }

  /** Uploads in parts that were begun and never completed, all of the bucket's. */
  async *uploads(): AsyncGenerator<{ readonly key: string; readonly id: string; readonly startedAt: number }> {
    const { client, bucket: Bucket } = this;
    for (let next = {}; ; ) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket, ...next }));
      for (const { Key: key, UploadId: id, Initiated: started } of page.Uploads ?? []) {
        if (key !== undefined && id !== undefined) yield { key, id, startedAt: started?.getTime() ?? 0 };
      }
      if (page.IsTruncated !== true) return;
      next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  }

  async abort(key: string, id: string): Promise<void> {
    const { client, bucket: Bucket } = this;
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: id })).catch(unlessMissing);
  }
}

export const octetStream = 'application/octet-stream';

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
