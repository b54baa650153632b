import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { octetStream, type S3Objects } from './s3-objects.js';

/** Of ten thousand that an object may have: so blobs of up to 78 GiB. */
export const partSize = 8 * 1024 * 1024;

/** Parts on their way: what is held in memory for each upload is these, and one that is being gathered. */
const partsAtOnce = 3;

type SendPart = (number: number, uploadId: string) => Promise<string | undefined>;

/** Each item becomes a part; when anything fails, the parts are thrown away. */
async function inParts(objects: S3Objects, key: string, parts: AsyncIterable<SendPart>): Promise<void> {
  const { client, bucket: Bucket } = objects;
  const target = { Bucket, Key: key };
  const created = await client.send(new CreateMultipartUploadCommand({ ...target, ContentType: octetStream }));
  const UploadId = created.UploadId ?? '';
  const underWay = new Set<Promise<void>>();
  try {
    const sent: { PartNumber: number; ETag: string | undefined }[] = [];
    for await (const send of parts) {
      const part = { PartNumber: sent.length + 1, ETag: undefined as string | undefined };
      sent.push(part);
      const sending = send(part.PartNumber, UploadId).then((tag) => {
        part.ETag = tag;
        underWay.delete(sending);
      });
      underWay.add(sending);
      sending.catch(() => {});
      if (underWay.size >= partsAtOnce) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: sent } }));
  } catch (error) {
    // A part that arrives after the end of the upload would stay.
    await Promise.allSettled(underWay);
    await objects.abort(key, UploadId).catch(() => {});
    throw error;
  }
}

/** @param buffers of `partSize` each, but for the last; not none */
export async function uploadParts(objects: S3Objects, key: string, buffers: AsyncIterable<Uint8Array>): Promise<void> {
  const { client, bucket: Bucket } = objects;
  async function* parts(): AsyncGenerator<SendPart> {
    for await (const Body of buffers) {
      yield async (PartNumber, UploadId) => {
        const part = { Bucket, Key: key, PartNumber, UploadId, Body, ContentLength: Body.byteLength };
        return (await client.send(new UploadPartCommand(part))).ETag;
      };
    }
  }
  await inParts(objects, key, parts());
}

export interface CopyLimits {
  /** What may be copied in one step (5 GiB: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html) … */
  readonly whole: number;
  /** … and the size of the parts otherwise. */
  readonly part: number;
}

export const copyLimits: CopyLimits = { whole: 5 * 1024 ** 3, part: 512 * 1024 ** 2 };

/** Within the bucket: not an octet comes here. */
export async function copyObject(
  objects: S3Objects,
  { from, to, size }: { readonly from: string; readonly to: string; readonly size: number },
  limits: CopyLimits = copyLimits,
): Promise<void> {
  const { client, bucket: Bucket } = objects;
  const CopySource = `${encodeURIComponent(Bucket)}/${from}`;
  if (size <= limits.whole) {
    await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource }));
    return;
  }
  async function* parts(): AsyncGenerator<SendPart> {
    for (let start = 0; start < size; start += limits.part) {
      const CopySourceRange = `bytes=${start}-${Math.min(start + limits.part, size) - 1}`;
      yield async (PartNumber, UploadId) => {
        const part = { Bucket, Key: to, PartNumber, UploadId, CopySource, CopySourceRange };
        return (await client.send(new UploadPartCopyCommand(part))).CopyPartResult?.ETag;
      };
    }
  }
  await inParts(objects, to, parts());
}
