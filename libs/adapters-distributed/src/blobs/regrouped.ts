/** The same octets in buffers of exactly this size; only the last may be shorter, and none is empty. */
export async function* regrouped(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    let rest = piece;
    while (length + rest.byteLength >= size) {
      const taken = size - length;
      yield Buffer.concat([...waiting, rest.subarray(0, taken)], size);
      rest = rest.subarray(taken);
      waiting = [];
      length = 0;
    }
    if (rest.byteLength > 0) waiting.push(rest);
    length += rest.byteLength;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
