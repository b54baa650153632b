import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page follow. */
export class Store<Value> {
  #value: Value;
  readonly #followers = new Set<(value: Value) => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set(value: Value): void {
    this.#value = value;
    for (const follow of this.#followers) follow(value);
  }

  follow(follow: (value: Value) => void): () => void {
    this.#followers.add(follow);
    return () => this.#followers.delete(follow);
  }
}

/** The value of a store, in a component that is drawn anew when it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(() => store.value);
  useEffect(() => {
    setValue(() => store.value);
    return store.follow((next) => setValue(() => next));
  }, [store]);
  return value;
}
