import {
  applyOverlayChange,
  applyProperties,
  type HomeDroppedChange,
  type HomePutChange,
  type OverlayPutChange,
} from '@almanac/ports';
import { homeOf } from '@almanac/contracts';
import type { Collection } from 'mongodb';
import type { HomeDocument, OverlayDocument } from './collections.js';
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

export async function putOverlay(overlays: Collection<OverlayDocument>, change: OverlayPutChange): Promise<void> {
  const { stream, version } = change;
  await replaceIfUnchanged(overlays, { _id: stream }, version, (before) => ({
    version,
    live: true,
    home: homeOf(stream),
    record: JSON.stringify(applyOverlayChange(before === null ? null : JSON.parse(before.record), change)),
  }));
}
