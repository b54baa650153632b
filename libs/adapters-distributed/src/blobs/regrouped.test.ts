import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regrouped } from './regrouped.js';

async function* from(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

it('gives the same octets in buffers of one size', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 50 })),
      fc.integer({ min: 1, max: 40 }),
      async (pieces, size) => {
        const found: Uint8Array[] = [];
        for await (const buffer of regrouped(from(pieces), size)) found.push(buffer);
        expect(Buffer.concat(found)).toEqual(Buffer.concat(pieces));
        expect(found.slice(0, -1).every((buffer) => buffer.byteLength === size)).toBe(true);
        expect(found.every((buffer) => buffer.byteLength > 0)).toBe(true);
      },
    ),
  ));
