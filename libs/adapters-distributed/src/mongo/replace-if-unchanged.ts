import type { Collection, Filter, WithoutId } from 'mongodb';

interface Versioned {
  readonly _id: string;
  readonly version: number;
}

const duplicateKey = 11_000;

/**
 * Reads a document, makes the next one of it, and writes that only where nobody has written meanwhile; else all of it
 * again. What shows the version already stays as it is.
 */
export async function replaceIfUnchanged<Document extends Versioned>(
  documents: Collection<Document>,
  key: Filter<Document> & { readonly _id: string },
  version: number,
  next: (before: Document | null) => WithoutId<Document>,
): Promise<void> {
  for (;;) {
    const before = (await documents.findOne(key)) as Document | null;
    if (before !== null && before.version >= version) return;
    const unchanged = { ...key, version: before?.version ?? { $exists: false } } as Filter<Document>;
    try {
      const { matchedCount, upsertedCount } = await documents.replaceOne(unchanged, next(before), {
        upsert: before === null,
      });
      if (matchedCount + upsertedCount > 0) return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== duplicateKey) throw error;
    }
  }
}
