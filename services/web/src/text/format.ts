import { language } from './t.js';

/** Day before month and 24 hours, as the grid has them. */
const locale = language === 'de' ? 'de' : 'en-GB';

const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });

/** An instant, on the wall of this browser. */
export const formatDateTime = (iso: string): string => dateTime.format(new Date(iso));

const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });

/** The day of an instant, on the wall of this browser. */
export const formatDay = (iso: string): string => date.format(new Date(iso));

/** A time on whatever wall, `2026-01-31` or `2026-01-31T09:00:00`. */
export function formatLocal(local: string): string {
  const at = new Date(local.length > 10 ? `${local}Z` : `${local}T00:00:00Z`);
  return local.length > 10 ? `${day.format(at)}, ${timeOfDay.format(at)}` : day.format(at);
}

export function formatSize(octets: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, octets)) / 3));
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(octets / 1000 ** at)} ${units[at]}`;
}
