import type { Component } from './component-tree.js';
import { propertyOf } from './component-tree.js';
import { DAY, daysOfDate } from './civil-date.js';
import { offsetZone } from './offset-zone.js';
import { readTimezoneRules, type TimezoneRules } from './timezone-rules.js';
import { type Zone, zoneById } from './zone.js';

interface SentZone {
  readonly known: Zone | null;
  readonly rules: TimezoneRules;
  readonly asSent: Zone;
  readonly byYear: Map<number, Zone>;
}

/** Clients repeat the same few VTIMEZONEs in every object; a bound keeps a hostile one from filling the memory. */
const MAX_REMEMBERED = 500;
const YEARS_COMPARED = 3;
const COMPARED_EVERY = 3 * DAY;
const remembered = new Map<string, SentZone>();

/**
 * The zone of a sent VTIMEZONE for times from a year on. Where its TZID names a known zone and the sent rules agree
 * with it for three years, the known zone is used, which also knows the other years; otherwise the sent rules hold.
 * Refuses a VTIMEZONE that RFC 5545 3.6.5 forbids.
 */
export function sentZone(timezone: Component, year: number): Zone {
  const sent = compiled(timezone);
  if (sent.known === null) return sent.asSent;
  let zone = sent.byYear.get(year);
  if (zone === undefined) {
    zone = agrees(sent.known, sent.rules, year) ? sent.known : sent.asSent;
    sent.byYear.set(year, zone);
  }
  return zone;
}

/** Refuses a VTIMEZONE that RFC 5545 3.6.5 forbids, also where nothing uses it. */
export function checkTimezone(timezone: Component): void {
  compiled(timezone);
}

function compiled(timezone: Component): SentZone {
  const key = textOf(timezone);
  const found = remembered.get(key);
  if (found !== undefined) return found;
  const rules = readTimezoneRules(timezone);
  const id = propertyOf(timezone, 'TZID')?.value ?? '';
  const location = propertyOf(timezone, 'X-LIC-LOCATION')?.value;
  const known = zoneById(id) ?? (location === undefined ? null : zoneById(location));
  const sent = { known, rules, asSent: offsetZone(id, rules.offsetAt), byYear: new Map<number, Zone>() };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, sent);
  return sent;
}

function agrees(known: Zone, rules: TimezoneRules, year: number): boolean {
  const from = Math.max(daysOfDate(year, 1, 1) * DAY, rules.since);
  const to = daysOfDate(year + YEARS_COMPARED, 1, 1) * DAY;
  for (let instant = from; instant < to; instant += COMPARED_EVERY) {
    if (known.toLocal(instant) - instant !== rules.offsetAt(instant)) return false;
  }
  return true;
}

function textOf({ name, properties, components }: Component): string {
  let text = name;
  for (const property of properties) text += `\n${property.text}`;
  for (const component of components) text += `\n\n${textOf(component)}`;
  return text;
}
