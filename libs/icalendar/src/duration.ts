import { refuse } from './calendar-fault.js';
import { DAY } from './civil-date.js';

/** RFC 5545 3.3.6: nominal days (weeks are seven) and exact seconds; both bear the sign. */
export interface Duration {
  readonly days: number;
  readonly seconds: number;
}

const DURATION = /^([+-])?P(?:(\d{1,6})W|(?:(\d{1,6})D)?(T)?(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)$/;

/** Reads a DURATION value; refuses any other text. "PT" with no part, as some clients send, is zero. */
export function readDuration(text: string, line: number): Duration {
  const found = DURATION.exec(text.trim().toUpperCase());
  if (found === null) refuse(`Write the duration as in PT1H30M or P1D in place of "${text.slice(0, 40)}".`, line);
  const [, sign, weeks, days, time, hours, minutes, seconds] = found;
  if (time === undefined && (hours ?? minutes ?? seconds) !== undefined) {
    refuse(`Put a T before the hours, minutes and seconds of "${text}".`, line);
  }
  if (time === undefined && weeks === undefined && days === undefined) refuse('Give the duration a length.', line);
  const factor = sign === '-' ? -1 : 1;
  return {
    // `|| 0` turns the -0 of "-PT0S" into 0
    days: factor * (count(weeks) * 7 + count(days)) || 0,
    seconds: factor * (count(hours) * 3600 + count(minutes) * 60 + count(seconds)) || 0,
  };
}

/** The length when a day has 86,400 seconds. */
export function nominalSeconds(duration: Duration): number {
  return duration.days * DAY + duration.seconds;
}

/** Writes exact seconds as a DURATION value. */
export function formatDuration(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [
    [Math.floor(size / 3600), 'H'],
    [Math.floor(size / 60) % 60, 'M'],
    [size % 60, 'S'],
  ].filter(([amount]) => amount !== 0);
  const text = parts.map(([amount, unit]) => `${amount}${unit}`).join('');
  return `${seconds < 0 ? '-' : ''}PT${text === '' ? '0S' : text}`;
}

function count(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
}
