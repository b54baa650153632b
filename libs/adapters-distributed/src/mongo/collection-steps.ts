import type { CollectionAdvancedChange } from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import { advanceCollection, summed } from './collection-operations.js';
import type { CollectionDocument } from './collections.js';

type Operations = readonly AnyBulkWriteOperation<CollectionDocument>[];

/** Plain changes that follow on one another of one collection, or the operations of another change. */
type Step = { readonly run: CollectionAdvancedChange[] } | { readonly operations: Operations };

/** What a batch writes of its collections, in its order. */
export class CollectionSteps {
  readonly #steps: Step[] = [];
  readonly #runs = new Map<string, CollectionAdvancedChange[]>();

  add(stream: string, operations: Operations): void {
    this.#runs.delete(stream);
    this.#steps.push({ operations });
  }

  /** @param change a plain one */
  advance(change: CollectionAdvancedChange): void {
    const run = this.#runs.get(change.stream);
    if (run !== undefined) {
      run.push(change);
      return;
    }
    const begun = { run: [change] };
    this.#runs.set(change.stream, begun.run);
    this.#steps.push(begun);
  }

  /** Each run as one operation, which fits only a document that shows nothing of it yet. */
  summed(): Operations {
    return this.#steps.flatMap((step) => ('run' in step ? summed(step.run) : step.operations));
  }

  /** Each change by itself; null where that is what `summed` gives. */
  each(): Operations | null {
    if (!this.#steps.some((step) => 'run' in step && step.run.length > 1)) return null;
    return this.#steps.flatMap((step) =>
      'run' in step ? step.run.flatMap((change) => advanceCollection(change, undefined)) : step.operations,
    );
  }
}
