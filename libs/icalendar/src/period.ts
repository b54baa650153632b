import { refuse } from './calendar-fault.js';
import { readPlainTime } from './calendar-time.js';
import { nominalSeconds, readDuration } from './duration.js';

/** A PERIOD in UTC (RFC 5545 3.3.9), seconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Reads a PERIOD of a FREEBUSY property, which RFC 5545 3.8.2.6 wants in UTC. */
export function readPeriod(text: string, line: number): Period {
  const [first, second] = text.split('/') as [string, string | undefined];
  if (second === undefined) refuse('Write each period as start/end or start/duration.', line);
  const start = readPlainTime(first, 'FREEBUSY', line).wall;
  const end = /^[+P]/i.test(second.trim())
    ? start + nominalSeconds(readDuration(second, line))
    : readPlainTime(second, 'FREEBUSY', line).wall;
  if (end < start) refuse('Let the period end after its start.', line);
  return { start, end };
}
