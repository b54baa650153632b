import { applyProperties, type HomeDroppedChange, type HomePutChange } from '@almanac/ports';
import type { Collection } from 'mongodb';
import type { HomeDocument } from './collections.js';
import { replaceIfUnchanged } from './replace-if-unchanged.js';

export async function putHome(homes: Collection<HomeDocument>, { record, folders, set, removed }: HomePutChange) {
  const { stream, version } = record;
  await replaceIfUnchanged(homes, { _id: stream }, version, (before) => ({
    version,
    live: true,
    defaultCalendar: folders?.defaultCalendar ?? before?.defaultCalendar ?? '',
    defaultTasks: folders?.defaultTasks ?? before?.defaultTasks ?? '',
    properties: applyProperties(folders === undefined ? (before?.properties ?? null) : null, set, removed),
  }));
}

export async function dropHome(homes: Collection<HomeDocument>, { stream, version }: HomeDroppedChange) {
  const gone = { version, live: false, properties: '{}' };
  await homes.updateOne({ _id: stream, version: { $lt: version } }, { $set: gone });
}
