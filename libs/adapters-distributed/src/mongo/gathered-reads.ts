/** So many are asked for at once. */
const maxKeys = 100;
/** So many questions are under way: one that hangs does not hold up all. */
const maxQuestions = 2;

interface Waiting<Found> {
  readonly key: string;
  resolve(found: Found | null): void;
  reject(error: unknown): void;
}

/**
 * Asks for several at once what is asked for one by one: what comes while questions are under way goes with the next one,
 * which is asked after it came, so nobody is told what was true before they asked.
 */
export class GatheredReads<Found> {
  readonly #ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>;
  #waiting: Waiting<Found>[] = [];
  #questions = 0;

  constructor(ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>) {
    this.#ask = ask;
  }

  /** Null where nothing is found. */
  find(key: string): Promise<Found | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (this.#questions < maxQuestions) void this.#askForAll();
    });
  }

  async #askForAll(): Promise<void> {
    this.#questions += 1;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, maxKeys);
      try {
        const found = await this.#ask([...new Set(asked.map(({ key }) => key))]);
        for (const { key, resolve } of asked) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.#questions -= 1;
  }
}
