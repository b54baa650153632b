import type { ObjectRef } from './types.js';

/**
 * What one's own changes have made of ETags: who drags something twice, quicker than it is drawn anew, changes what they
 * have made themselves, and that is no conflict. Somebody else's change has an ETag that is not known here.
 */
export class OwnTags {
  readonly #next = new Map<string, string>();

  made(before: ObjectRef, after: ObjectRef): void {
    if (before.href === after.href && before.etag !== after.etag) this.#next.set(before.etag, after.etag);
  }

  latest<Ref extends ObjectRef>(ref: Ref): Ref {
    let { etag } = ref;
    for (let next = this.#next.get(etag); next !== undefined; next = this.#next.get(etag)) etag = next;
    return { ...ref, etag };
  }
}
