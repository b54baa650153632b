import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';

export const duplicateKey = 11_000;

/**
 * One ordered bulk write whose upserts are guarded by a version. One that meets its key met a document that is as new
 * already, or that somebody made at the same moment: it is done again as an update, which the guard decides, and the rest
 * follows.
 */
export async function writeInOrder<D extends Document>(
  documents: Collection<D>,
  operations: readonly AnyBulkWriteOperation<D>[],
): Promise<void> {
  for (let rest = operations; rest.length > 0; ) {
    const met = await writeUntilMet(documents, rest);
    if (met === null) return;
    rest = [...rest.slice(met, met + 1).map(withoutUpsert), ...rest.slice(met + 1)];
  }
}

/** @returns the index of the upsert that met its key; null when all is written */
async function writeUntilMet<D extends Document>(
  documents: Collection<D>,
  operations: readonly AnyBulkWriteOperation<D>[],
): Promise<number | null> {
  try {
    await documents.bulkWrite([...operations]);
    return null;
  } catch (error) {
    const { code, writeErrors } = error as BulkFault;
    const first = Array.isArray(writeErrors) ? writeErrors[0] : writeErrors;
    if (code !== duplicateKey || first === undefined) throw error;
    return first.index;
  }
}

interface BulkFault {
  readonly code?: unknown;
  readonly writeErrors?: { readonly index: number } | readonly { readonly index: number }[];
}

const withoutUpsert = <D extends Document>(operation: AnyBulkWriteOperation<D>): AnyBulkWriteOperation<D> =>
  'updateOne' in operation ? { updateOne: { ...operation.updateOne, upsert: false } } : operation;
