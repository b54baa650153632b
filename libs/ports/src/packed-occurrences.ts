import type { MemberTimes } from '@almanac/contracts';

type Occurrences = NonNullable<MemberTimes['occurrences']>;

/** Horizon and spans as 64-bit floats: [from, to, start0, end0, …], seconds in the object's own clock. */
export function packOccurrences({ from, to, spans }: Occurrences): Uint8Array {
  const numbers = new Float64Array(2 + spans.length);
  numbers.set([from, to]);
  numbers.set(spans, 2);
  return new Uint8Array(numbers.buffer);
}

export function unpackOccurrences(packed: Uint8Array): Occurrences {
  const aligned = packed.byteOffset % 8 === 0 ? packed : new Uint8Array(packed);
  const numbers = new Float64Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 8);
  return { from: numbers[0] ?? 0, to: numbers[1] ?? 0, spans: numbers.subarray(2) };
}
