import { ianaZone } from './iana-zone.js';
import { windowsZones } from './windows-zones.js';

/** A time zone. Both ways in seconds; local times in a gap move forward, in a fold the first counts. */
export interface Zone {
  readonly id: string;
  toInstant(local: number): number;
  toLocal(instant: number): number;
}

/** UTC; `times in UTC` are recognised by this very object. */
export const utc: Zone = { id: 'UTC', toInstant: (local) => local, toLocal: (instant) => instant };

const known = new Map<string, Zone>();
/** Spellings are the sender's choice, so what is remembered needs a bound. */
const MAX_REMEMBERED = 5_000;

/**
 * The zone that a TZID names without a VTIMEZONE: an IANA name in any case, a Windows name, or one of them behind a
 * vendor's prefix such as `/mozilla.org/20050126_1/Europe/Berlin`. Null for any other id.
 */
export function zoneById(tzid: string): Zone | null {
  const remembered = known.get(tzid);
  if (remembered !== undefined) return remembered;
  const zone = tzid.length > 200 ? null : findZone(tzid.trim());
  if (zone === null) return null;
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(tzid, zone);
  return zone;
}

function findZone(tzid: string): Zone | null {
  const plain = namedZone(tzid);
  if (plain !== null || !tzid.includes('/')) return plain;
  const parts = tzid.split('/');
  for (const taken of [3, 2, 1]) {
    const zone = parts.length > taken ? namedZone(parts.slice(-taken).join('/')) : null;
    if (zone !== null) return zone;
  }
  return null;
}

function namedZone(name: string): Zone | null {
  if (/^(utc|gmt|z|etc\/utc|etc\/gmt|zulu)$/i.test(name)) return utc;
  const windows = windowsZones.get(name.toLowerCase());
  // One object for one zone, whatever spelling asks: its remembered offsets are shared.
  if (windows !== undefined) return zoneById(windows);
  const zone = /^[A-Za-z]/.test(name) ? ianaZone(name) : null;
  return zone === null ? null : (known.get(zone.id) ?? zone);
}
