import { Base64Encoder } from './base64.js';
import { Folder, type FoldRun } from './fold-runs.js';

/** An inline attachment as its event tells of it. */
export interface InlinePlace {
  readonly digest: string;
  /** After so many octets of what was received without the base64. */
  readonly at: number;
  readonly folds: readonly FoldRun[];
  readonly tail?: string;
}

/**
 * The octets as they were received, put together again from what is left of them and the contents of the attachments.
 * @param open the content of a blob
 */
export async function* receivedOctets(
  left: Uint8Array,
  places: readonly InlinePlace[],
  open: (digest: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const { digest, at, folds, tail = null } of places) {
    yield left.subarray(from, at);
    const encoder = new Base64Encoder();
    const folder = new Folder(folds);
    for await (const piece of open(digest)) yield* folder.fold(encoder.encode(piece));
    yield* folder.fold(encoder.end(tail));
    yield* folder.end();
    from = at;
  }
  yield left.subarray(from);
}
