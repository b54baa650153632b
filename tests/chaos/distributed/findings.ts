/** A broken promise, with enough to find out why. */
export interface Violation {
  readonly at: number;
  readonly kind: string;
  readonly words: string;
  readonly history: readonly string[];
}

interface Fault {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** What the campaign has counted and found. */
export class Findings {
  begun = Date.now();
  readonly violations: Violation[] = [];
  readonly faults: Fault[] = [];
  /** How often an operation ended how. */
  readonly outcomes = new Map<string, Map<string, number>>();
  readonly notes: string[] = [];
  /** What the services logged as errors, and how often. */
  logged: readonly string[] = [];
  readonly #print: (line: string) => void;
  #lastWrite = Date.now();
  #writes = 0;
  #longestGap = 0;
  #ended: number | null = null;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** The cluster is up, and work begins. */
  begin(): void {
    this.begun = Date.now();
    this.#lastWrite = this.begun;
  }

  outcome(operation: string, outcome: string): void {
    const own = this.outcomes.get(operation) ?? new Map<string, number>();
    own.set(outcome, (own.get(outcome) ?? 0) + 1);
    this.outcomes.set(operation, own);
  }

  /** A write that was answered with 2xx. */
  written(): void {
    const now = Date.now();
    this.#longestGap = Math.max(this.#longestGap, now - this.#lastWrite);
    this.#lastWrite = now;
    this.#writes += 1;
  }

  violation(kind: string, words: string, history: readonly string[] = []): void {
    const at = Date.now();
    this.violations.push({ at, kind, words, history });
    this.#print([`VIOLATION ${kind}: ${words}`, ...history.slice(0, 100)].join('\n  '));
  }

  fault(kind: string, words: string, from: number): void {
    this.faults.push({ kind, words, from, to: Date.now() });
    this.#print(`${((from - this.begun) / 1000).toFixed(1)} s: ${words}, ${Date.now() - from} ms`);
  }

  note(words: string): void {
    this.notes.push(words);
    this.#print(words);
  }

  /** The clients have ended; what comes now is checking. */
  ended(): void {
    this.#ended = Date.now();
    this.#longestGap = Math.max(this.#longestGap, this.#ended - this.#lastWrite);
  }

  get writes(): number {
    return this.#writes;
  }

  get longestGap(): number {
    return this.#longestGap;
  }

  /** Milliseconds for which clients were at work. */
  get duration(): number {
    return (this.#ended ?? Date.now()) - this.begun;
  }
}
