import type { Group } from './generation.js';
import type { GroupState } from './group-state.js';

/** The work under way, by the revision of the state that it rests on. */
export class InFlight {
  readonly #running = new Set<GroupState>();

  async during<R>(state: GroupState, work: () => Promise<R>): Promise<R> {
    const own = { ...state };
    this.#running.add(own);
    try {
      return await work();
    } finally {
      this.#running.delete(own);
    }
  }

  /** The oldest revision that anything rests on, or else the one given. */
  oldest(group: Group, known: number): number {
    let oldest = known;
    for (const { _id, revision } of this.#running) {
      if (_id === group && revision < oldest) oldest = revision;
    }
    return oldest;
  }
}
