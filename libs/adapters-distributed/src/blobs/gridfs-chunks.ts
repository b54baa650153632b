import { BlobGone, type ByteRange } from '@almanac/ports';
import { Binary, type Collection, ObjectId } from 'mongodb';
import { orUnavailable } from '../mongo/or-unavailable.js';
import { type ChunkDocument, chunkSize, type FileDocument } from './gridfs-collections.js';
import { regrouped } from './regrouped.js';

/** So many chunks are written, or read, at once: about 4 MiB are held for each blob on its way. */
const writtenAtOnce = 16;
const readAtOnce = 8;

export async function writeChunks(
  chunks: Collection<ChunkDocument>,
  id: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  let count = 0;
  for await (const group of regrouped(content, writtenAtOnce * chunkSize)) {
    const documents: ChunkDocument[] = [];
    for (let start = 0; start < group.byteLength; start += chunkSize) {
      const data = new Binary(group.subarray(start, start + chunkSize));
      documents.push({ _id: new ObjectId(), files_id: id, n: count, data });
      count += 1;
    }
    await orUnavailable(() => chunks.insertMany(documents, { ordered: false }));
  }
}

/**
 * Each group by a query of its own: a cursor would be held by a server while a slow client reads, and lost with a
 * primary that steps down.
 * @throws BlobGone where a chunk is missing
 */
export async function* readChunks(
  chunks: Collection<ChunkDocument>,
  file: FileDocument,
  { start, end }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const afterLast = Math.ceil(end / file.chunkSize);
  for (let first = Math.floor(start / file.chunkSize); first < afterLast && start < end; first += readAtOnce) {
    const upTo = Math.min(first + readAtOnce, afterLast);
    const found = chunks.find({ files_id: file._id, n: { $gte: first, $lt: upTo } }).sort({ files_id: 1, n: 1 });
    const group = await orUnavailable(() => found.toArray());
    for (let n = first; n < upTo; n += 1) {
      const from = n * file.chunkSize;
      const data = wholeChunk(group[n - first], n, file);
      yield data.subarray(Math.max(0, start - from), Math.min(data.byteLength, end - from));
    }
  }
}

function wholeChunk(chunk: ChunkDocument | undefined, n: number, file: FileDocument): Uint8Array {
  const expected = Math.min(file.chunkSize, file.length - n * file.chunkSize);
  const data = chunk?.n === n ? chunk.data.value() : null;
  if (data === null || data.byteLength !== expected) throw new BlobGone(file.filename);
  return data;
}
