import { isCalendarFault, faultOf } from '../calendar-fault.js';
import { DAY } from '../civil-date.js';
import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { formatDuration, nominalSeconds, readDuration } from '../duration.js';
import { withValue } from '../write-property.js';
import { rewriteProperties, type TreeRepair } from './repair.js';

const UNITS: Readonly<Record<string, number>> = { W: 7 * DAY, D: DAY, H: 3600, M: 60, S: 1 };

/**
 * RFC 5545 3.3.6. Seen from Android and Exchange gateways: `P1H` without the T, `PT1D` with one, weeks beside days, `P`
 * or `P0` for nothing, and events that last less than nothing.
 */
export const mendDurations: TreeRepair = {
  said: 'Durations were written as in PT1H30M.',
  mend: ({ root }) => rewriteProperties(root, mended),
};

function mended(property: ContentLine, holder: Component): ContentLine {
  const { name, value } = property;
  if (name !== 'DURATION' && (name !== 'TRIGGER' || /^\d{8}/.test(value.trim()))) return property;
  const duration = faultOf(() => readDuration(value, property.line));
  const mayBeNegative = name === 'TRIGGER' || holder.name === 'VALARM';
  if (!isCalendarFault(duration)) {
    const isWrong = !mayBeNegative && nominalSeconds(duration) < 0;
    return isWrong ? withValue(property, value.trim().slice(1)) : property;
  }
  const seconds = secondsOf(value.trim().toUpperCase());
  if (seconds === null) return property;
  return withValue(property, formatNominal(mayBeNegative ? seconds : Math.abs(seconds)));
}

/** Null for what is no duration at all. */
function secondsOf(value: string): number | null {
  if (!/^[+-]?P(?:T|\d{1,6}[WDHMS])*0*$/.test(value)) return null;
  const parts = [...value.matchAll(/(\d+)([WDHMS])/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] as number), 0);
  return value.startsWith('-') ? -seconds : seconds;
}

/** Whole days stay days: they are nominal. */
function formatNominal(seconds: number): string {
  if (seconds === 0 || seconds % DAY !== 0) return formatDuration(seconds);
  return `${seconds < 0 ? '-' : ''}P${Math.abs(seconds) / DAY}D`;
}
