import { Store } from './store.js';

const key = 'almanac.zone';
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** In which time zone the calendar is drawn. */
export const zone = new Store(localStorage.getItem(key) ?? ownZone);

export function setZone(id: string): void {
  zone.set(id);
  if (id === ownZone) localStorage.removeItem(key);
  else localStorage.setItem(key, id);
}

export const allZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((id) => id !== 'UTC')];

/** Now on the wall of a zone, `2026-01-31T09:00:00`. */
export function nowIn(id: string): string {
  return new Date().toLocaleString('sv-SE', { timeZone: id }).replace(' ', 'T');
}
