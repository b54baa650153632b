/** Seconds of a nominal day. */
export const DAY = 86_400;

/** Days since 1970-01-01 of a proleptic Gregorian date (month and day from 1). */
export function daysOfDate(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The year of wall seconds (as if UTC). */
export function yearOfWall(wall: number): number {
  return new Date(wall * 1000).getUTCFullYear();
}

/** The first second of the wall day that holds `wall`. */
export function dayOfWall(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}
