/**
 * Looks up once what several ask for at the same time. Whoever asks while a look-up is under way shares the next one: it
 * begins after they came, so none is told what was true before.
 */
export class SharedLookUps<Found> {
  readonly #underWay = new Map<string, Promise<Found>>();
  readonly #next = new Map<string, Promise<Found>>();

  find(key: string, lookUp: () => Promise<Found>): Promise<Found> {
    const before = this.#underWay.get(key);
    if (before === undefined) return this.#begin(key, lookUp);
    const planned = this.#next.get(key);
    if (planned !== undefined) return planned;
    const next = before.then(
      () => this.#begin(key, lookUp),
      () => this.#begin(key, lookUp),
    );
    this.#next.set(key, next);
    return next;
  }

  #begin(key: string, lookUp: () => Promise<Found>): Promise<Found> {
    this.#next.delete(key);
    const begun = lookUp().finally(() => {
      if (this.#underWay.get(key) === begun) this.#underWay.delete(key);
    });
    this.#underWay.set(key, begun);
    return begun;
  }
}
