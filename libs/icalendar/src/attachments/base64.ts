const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const none = 255;

const values = new Uint8Array(256).fill(none);
for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value;
const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));

const padding = 61;

/** What base64 (RFC 4648 4) holds is wrong; the words say how. */
export class Base64Fault extends Error {
  override readonly name = 'Base64Fault';
}

/** Decodes base64 that comes in pieces, and remembers an ending that is not spelt as usual. */
export class Base64Decoder {
  #bits = 0;
  #held = 0;
  #padding = 0;

  /** @throws Base64Fault */
  decode(letters: Uint8Array): Uint8Array {
    const octets = new Uint8Array(Math.floor(((letters.length + 3) * 3) / 4));
    let size = 0;
    for (const letter of letters) {
      const value = values[letter] as number;
      if (value === none) {
        this.#pad(letter);
        continue;
      }
      if (this.#padding > 0) throw new Base64Fault('base64 goes on after its padding');
      this.#bits = (this.#bits << 6) | value;
      this.#held += 1;
      if (this.#held < 4) continue;
      octets[size] = this.#bits >> 16;
      octets[size + 1] = this.#bits >> 8;
      octets[size + 2] = this.#bits;
      size += 3;
      this.#bits = 0;
      this.#held = 0;
    }
    return octets.subarray(0, size);
  }

  /** The last octets. @throws Base64Fault */
  end(): Uint8Array {
    if (this.#held === 1 || (this.#held === 0 && this.#padding > 0)) throw new Base64Fault('base64 is cut off');
    if (this.#held === 0) return new Uint8Array();
    const bits = this.#bits << (6 * (4 - this.#held));
    return Uint8Array.of(bits >> 16, bits >> 8).subarray(0, this.#held - 1);
  }

  /** The last letters with their padding; null where they are what `encodeBase64` writes. */
  get tail(): string | null {
    const spare = this.#held === 2 ? this.#bits & 15 : this.#held === 3 ? this.#bits & 3 : 0;
    if (this.#held === 0 || (this.#held + this.#padding === 4 && spare === 0)) return null;
    let letters = '';
    for (let index = this.#held - 1; index >= 0; index -= 1) letters += alphabet[(this.#bits >> (6 * index)) & 63];
    return letters + '='.repeat(this.#padding);
  }

  #pad(letter: number): void {
    if (letter !== padding)
      throw new Base64Fault(`base64 has no character ${JSON.stringify(String.fromCharCode(letter))}`);
    this.#padding += 1;
    if (this.#padding > 2 || this.#held + this.#padding > 4) throw new Base64Fault('base64 has too much padding');
  }
}

/** Encodes octets that come in pieces. */
export class Base64Encoder {
  #rest: Uint8Array = new Uint8Array();

  encode(octets: Uint8Array): Uint8Array {
    const all = new Uint8Array(this.#rest.length + octets.length);
    all.set(this.#rest);
    all.set(octets, this.#rest.length);
    const whole = all.length - (all.length % 3);
    this.#rest = all.slice(whole);
    return encoded(all.subarray(0, whole));
  }

  /** @param tail as `Base64Decoder.tail` has told it */
  end(tail: string | null): Uint8Array {
    if (tail !== null) return Uint8Array.from(tail, (letter) => letter.charCodeAt(0));
    const { length } = this.#rest;
    if (length === 0) return new Uint8Array();
    const padded = Uint8Array.of(this.#rest[0] as number, this.#rest[1] ?? 0, 0);
    const letters = encoded(padded);
    letters.fill(padding, length + 1);
    return letters;
  }
}

function encoded(octets: Uint8Array): Uint8Array {
  const letters = new Uint8Array((octets.length / 3) * 4);
  for (let from = 0, to = 0; from < octets.length; from += 3, to += 4) {
    const bits = ((octets[from] as number) << 16) | ((octets[from + 1] as number) << 8) | (octets[from + 2] as number);
    letters[to] = codes[bits >> 18] as number;
    letters[to + 1] = codes[(bits >> 12) & 63] as number;
    letters[to + 2] = codes[(bits >> 6) & 63] as number;
    letters[to + 3] = codes[bits & 63] as number;
  }
  return letters;
}
