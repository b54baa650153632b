import { Base64Fault } from './base64.js';
import type { FoldRun } from './fold-runs.js';
import { InlineValue } from './inline-value.js';
import { OctetCursor } from './octet-cursor.js';

/** An attachment that stood in the calendar data as base64, with what became of its content. */
export interface SeparatedContent<Kept> {
  readonly kept: Kept;
  /** The line that its property begins in, in the octets that are left. */
  readonly line: number;
  /** Where in these the base64 stood. */
  readonly at: number;
  readonly folds: readonly FoldRun[];
  readonly tail: string | null;
}

export interface SeparatedBody<Kept> {
  /** Without the base64 of attachments; these have empty values. */
  readonly octets: Uint8Array;
  readonly contents: readonly SeparatedContent<Kept>[];
}

export interface Separation<Kept> {
  /** Octets that may be left. */
  readonly limit: number;
  /** What is thrown when there are more. */
  tooLarge(): Error;
  /** Takes a content to its end, wherever it is kept. */
  keep(content: AsyncIterable<Uint8Array>): Promise<Kept>;
}

/** An inline attachment cannot be read; the words say why. */
export class InlineFault extends Error {
  override readonly name = 'InlineFault';
  readonly line: number;

  constructor(reason: string, line: number) {
    super(reason);
    this.line = line;
  }
}

/**
 * Takes inline attachments (ATTACH with ENCODING=BASE64; those of alarms stay) out of calendar data while it is read:
 * neither they nor the data are ever held in memory as a whole but for what is left.
 * @throws InlineFault, what `tooLarge` makes, and what the source and `keep` throw
 */
export function separateInline<Kept>(
  body: AsyncIterable<Uint8Array>,
  separation: Separation<Kept>,
): Promise<SeparatedBody<Kept>> {
  return new Separator(new OctetCursor(body), separation).run();
}

const feed = 10;
const colon = 58;
const semicolon = 59;
const quote = 34;
/** As many octets as the names take that are looked for at the beginning of a line. */
const longestName = 'BEGIN:VALARM'.length;
/** Name and parameters; longer ones are no attachment of anybody's. */
const longestHead = 16_384;

class Separator<Kept> {
  readonly #cursor: OctetCursor;
  readonly #separation: Separation<Kept>;
  readonly #pieces: Uint8Array[] = [];
  readonly #contents: SeparatedContent<Kept>[] = [];
  #size = 0;
  #line = 1;
  #alarms = 0;

  constructor(cursor: OctetCursor, separation: Separation<Kept>) {
    this.#cursor = cursor;
    this.#separation = separation;
  }

  async run(): Promise<SeparatedBody<Kept>> {
    try {
      while (this.#cursor.has(longestName + 1) || (await this.#cursor.view(longestName + 1))) {
        if (this.#beginsAttachment()) await this.#attachment();
        else await this.#passLine();
      }
    } finally {
      await this.#cursor.close();
    }
    return { octets: joined(this.#pieces, this.#size), contents: this.#contents };
  }

  /** At the beginning of a line. */
  #beginsAttachment(): boolean {
    const { octets, at } = this.#cursor;
    const first = (octets[at] ?? 0) | 32;
    // a, b, e: all other lines are passed without a look.
    if (first !== 97 && first !== 98 && first !== 101) return false;
    const name = String.fromCharCode(...octets.subarray(at, at + longestName)).toUpperCase();
    if (name.startsWith('BEGIN:VALARM')) this.#alarms += 1;
    else if (name.startsWith('END:VALARM')) this.#alarms -= 1;
    return this.#alarms <= 0 && name.startsWith('ATTACH') && (octets[at + 6] === semicolon || octets[at + 6] === colon);
  }

  /** To the end of the line, or of the source. */
  async #passLine(): Promise<void> {
    const cursor = this.#cursor;
    while (cursor.has(1) || (await cursor.view())) {
      const end = cursor.octets.indexOf(feed, cursor.at);
      this.#pass(cursor.octets.subarray(cursor.at, end < 0 ? undefined : end + 1));
      cursor.at = end < 0 ? cursor.octets.length : end + 1;
      if (end < 0) continue;
      this.#line += 1;
      return;
    }
  }

  async #attachment(): Promise<void> {
    const line = this.#line;
    const head = await this.#head();
    this.#pass(head.octets);
    this.#line += head.lines;
    // Without its value nothing is left of the line but its break.
    if (head.isInline) await this.#takeValue(line);
    await this.#passLine();
  }

  /** Name and parameters up to the colon before the value, over folds. */
  async #head(): Promise<{ octets: Uint8Array; lines: number; isInline: boolean }> {
    const cursor = this.#cursor;
    let lines = 0;
    let quoted = false;
    for (let length = 0; length < longestHead; length += 1) {
      if (!cursor.has(length + 2)) await cursor.view(length + 2);
      const octet = cursor.octets[cursor.at + length];
      const isEnd = octet === undefined || (octet === feed && !isBlank(cursor.octets[cursor.at + length + 1]));
      if (isEnd) return { ...this.#taken(length), lines, isInline: false };
      if (octet === feed) lines += 1;
      else if (octet === quote) quoted = !quoted;
      else if (octet === colon && !quoted) {
        const head = this.#taken(length + 1);
        return { ...head, lines, isInline: isBase64(head.octets) };
      }
    }
    return { ...this.#taken(0), lines: 0, isInline: false };
  }

  #taken(length: number): { octets: Uint8Array } {
    const { octets, at } = this.#cursor;
    this.#cursor.at += length;
    return { octets: octets.subarray(at, at + length) };
  }

  async #takeValue(line: number): Promise<void> {
    const value = new InlineValue(this.#cursor);
    const at = this.#size;
    try {
      const kept = await this.#separation.keep(value);
      this.#contents.push({ kept, line, at, folds: value.folds, tail: value.tail });
    } catch (error) {
      if (error instanceof Base64Fault) throw new InlineFault(error.message, line);
      throw error;
    }
  }

  #pass(octets: Uint8Array): void {
    this.#size += octets.length;
    if (this.#size > this.#separation.limit) throw this.#separation.tooLarge();
    const last = this.#pieces.at(-1);
    if (last !== undefined && last.buffer === octets.buffer && last.byteOffset + last.length === octets.byteOffset) {
      this.#pieces[this.#pieces.length - 1] = new Uint8Array(last.buffer, last.byteOffset, last.length + octets.length);
    } else this.#pieces.push(octets);
  }
}

const isBlank = (octet: number | undefined): boolean => octet === 32 || octet === 9;

function isBase64(head: Uint8Array): boolean {
  const unfolded = new TextDecoder('latin1').decode(head).replaceAll(/\r?\n[ \t]/g, '');
  return /;ENCODING="?BASE64"?[;:]/i.test(unfolded.replaceAll(/(?<!;ENCODING=)"[^"]*"/gi, ''));
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
