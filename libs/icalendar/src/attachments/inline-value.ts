import { Base64Decoder, Base64Fault } from './base64.js';
import { FoldRuns } from './fold-runs.js';
import type { OctetCursor } from './octet-cursor.js';

const space = 32;
const tab = 9;
const feed = 10;
const carriageReturn = 13;

const isBlank = (octet: number | undefined): boolean => octet === space || octet === tab;

/** A base64 value on its way: decoded as it passes, up to the line break that ends its property. */
export class InlineValue implements AsyncIterable<Uint8Array> {
  readonly #cursor: OctetCursor;
  readonly #folds = new FoldRuns();
  readonly #decoder = new Base64Decoder();
  /** Line breaks that have passed. */
  lines = 0;

  constructor(cursor: OctetCursor) {
    this.#cursor = cursor;
  }

  get folds() {
    return this.#folds.runs;
  }

  get tail(): string | null {
    return this.#decoder.tail;
  }

  /** @throws Base64Fault */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const cursor = this.#cursor;
    while (await cursor.view()) {
      const end = endOfLetters(cursor.octets, cursor.at);
      if (end > cursor.at) {
        const letters = cursor.octets.subarray(cursor.at, end);
        cursor.at = end;
        this.#folds.pass(letters.length);
        yield this.#decoder.decode(letters);
      } else if (!(await this.#passFold())) break;
    }
    yield this.#decoder.end();
  }

  /** False at the end of the property; its line break is left in view. */
  async #passFold(): Promise<boolean> {
    const cursor = this.#cursor;
    await cursor.view(3);
    const { octets, at } = cursor;
    const breakLength = octets[at] === feed ? 1 : octets[at + 1] === feed ? 2 : 0;
    if (breakLength === 0) throw new Base64Fault('a carriage return stands alone');
    if (!isBlank(octets[at + breakLength])) return false;
    cursor.at += breakLength;
    let fold = breakLength === 1 ? '\n' : '\r\n';
    while ((await cursor.view()) && isBlank(cursor.octets[cursor.at])) {
      fold += String.fromCharCode(cursor.octets[cursor.at] as number);
      cursor.at += 1;
      if (fold.length > 80) throw new Base64Fault('base64 is folded with too many blanks');
    }
    this.lines += 1;
    if (!this.#folds.fold(fold)) throw new Base64Fault('base64 is folded too unevenly');
    return true;
  }
}

function endOfLetters(octets: Uint8Array, at: number): number {
  const end = octets.indexOf(feed, at);
  if (end < 0) return octets.at(-1) === carriageReturn ? octets.length - 1 : octets.length;
  return end > at && octets[end - 1] === carriageReturn ? end - 1 : end;
}
