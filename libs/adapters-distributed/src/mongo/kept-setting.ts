import type { Collection, Db } from 'mongodb';
import { orUnavailable } from './or-unavailable.js';

interface SettingDocument {
  readonly _id: string;
  readonly value: string;
}

const settings = (database: Db): Collection<SettingDocument> => database.collection('settings');

const duplicateKey = 11_000;

/** What all processes share, once the first has made it. */
export function keptSetting(database: Db, name: string, make: () => string): Promise<string> {
  return orUnavailable(async () => {
    const before = await settings(database).findOne({ _id: name });
    if (before !== null) return before.value;
    try {
      await settings(database).insertOne({ _id: name, value: make() });
    } catch (error) {
      if ((error as { code?: unknown }).code !== duplicateKey) throw error;
    }
    const kept = await settings(database).findOne({ _id: name });
    if (kept === null) throw new Error(`the setting ${name} is gone`);
    return kept.value;
  });
}
