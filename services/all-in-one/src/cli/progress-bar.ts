import type { WriteStream } from 'node:tty';

const width = 30;

/** How far a long command has come; drawn over itself on a terminal, and in steps of a tenth elsewhere. */
export class ProgressBar {
  readonly #stream: Pick<WriteStream, 'write' | 'isTTY'> | null;
  readonly #total: number;
  #done = 0;
  #shownTenths = -1;

  constructor(stream: Pick<WriteStream, 'write' | 'isTTY'> | null, total: number) {
    this.#stream = stream;
    this.#total = total;
    this.advance(0);
  }

  advance(steps: number): void {
    this.#done += steps;
    const share = this.#total === 0 ? 1 : this.#done / this.#total;
    const filled = Math.round(share * width);
    const line = `[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${this.#done}/${this.#total}`;
    if (this.#stream?.isTTY) this.#stream.write(`\r${line}`);
    else if (Math.floor(share * 10) > this.#shownTenths) this.#stream?.write(`${line}\n`);
    this.#shownTenths = Math.max(this.#shownTenths, Math.floor(share * 10));
  }

  end(): void {
    if (this.#stream?.isTTY) this.#stream.write('\n');
  }
}
