/** How a value was folded: letters up to a fold, the fold itself, and how often in a row. */
export type FoldRun = readonly [characters: number, fold: string, times: number];

/** Nobody folds so unevenly. */
const maxRuns = 1_000;

/** Notes folds as they come; those that are alike are one run. */
export class FoldRuns {
  readonly #runs: [characters: number, fold: string, times: number][] = [];
  #characters = 0;

  pass(characters: number): void {
    this.#characters += characters;
  }

  /** False when there are too many different ones. */
  fold(fold: string): boolean {
    const last = this.#runs.at(-1);
    if (last !== undefined && last[0] === this.#characters && last[1] === fold) last[2] += 1;
    else this.#runs.push([this.#characters, fold, 1]);
    this.#characters = 0;
    return this.#runs.length <= maxRuns;
  }

  get runs(): readonly FoldRun[] {
    return this.#runs;
  }
}

/** Letters with the folds put in again; they may come in any pieces. */
export class Folder {
  readonly #runs: readonly FoldRun[];
  #run = 0;
  #time = 0;
  #passed = 0;

  constructor(runs: readonly FoldRun[]) {
    this.#runs = runs;
  }

  *fold(letters: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < letters.length; ) {
      yield* this.#due();
      const run = this.#runs[this.#run];
      const end = run === undefined ? letters.length : Math.min(letters.length, at + run[0] - this.#passed);
      yield letters.subarray(at, end);
      this.#passed += end - at;
      at = end;
    }
  }

  /** Folds that nothing follows. */
  *end(): Generator<Uint8Array> {
    yield* this.#due();
  }

  *#due(): Generator<Uint8Array> {
    for (;;) {
      const run = this.#runs[this.#run];
      if (run === undefined || this.#passed < run[0]) return;
      yield Uint8Array.from(run[1], (letter) => letter.charCodeAt(0));
      this.#passed = 0;
      this.#time += 1;
      if (this.#time < run[2]) continue;
      this.#run += 1;
      this.#time = 0;
    }
  }
}
