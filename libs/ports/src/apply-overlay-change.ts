import type { OverlayRecord, StreamName } from '@almanac/contracts';
import { applyProperties } from './apply-properties.js';
import type { OverlayPutChange } from './read-model-changes.js';
import type { LoadedOverlay } from './state-reader.js';

/** The overlay after a change, with sorted names, so that a rebuild gives the same bytes; null before its first one. */
export function applyOverlayChange(before: OverlayRecord | null, change: OverlayPutChange): OverlayRecord {
  const { stream, version, set, removed, alarms: changed } = change;
  const known = JSON.stringify(before?.properties ?? {});
  const properties = JSON.parse(applyProperties(known, set, removed));
  const alarms = { ...before?.alarms };
  if (changed !== undefined) alarms[changed.name] = { version, uid: changed.uid, alarms: changed.alarms };
  const sorted = Object.entries(alarms).sort(([left], [right]) => (left < right ? -1 : 1));
  return { stream, version, properties, alarms: Object.fromEntries(sorted) };
}

/** What decisions need of an overlay; of one that nobody has made, too. */
export const loadedOverlay = (stream: StreamName, record: OverlayRecord | null): LoadedOverlay => ({
  stream,
  version: record?.version ?? 0,
  alarms: Object.entries(record?.alarms ?? {}).map(([name, { version, alarms }]) => [
    name,
    { version, octets: alarms === null ? 0 : Buffer.byteLength(alarms) },
  ]),
});
