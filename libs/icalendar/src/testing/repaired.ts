import { expect } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { readCalendarObject } from '../calendar-object.js';
import { repairCalendarData, readOrRepair } from '../repair/repair-calendar-data.js';

export const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
export const event = (...lines: readonly string[]): string => calendar('BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT');
export const task = (...lines: readonly string[]): string => calendar('BEGIN:VTODO', 'UID:u', ...lines, 'END:VTODO');
export const START = 'DTSTART:20260105T090000Z';
export const alarm = (...lines: readonly string[]): readonly string[] => ['BEGIN:VALARM', ...lines, 'END:VALARM'];

/** Expects that a text is refused as it is, reads as the other after one repair, and needs none then. */
export function expectMended(sent: string, mended: string, said: string): void {
  expect(isCalendarFault(readCalendarObject(sent))).toBe(true);
  expect(repairCalendarData(sent)).toEqual({ text: mended, repairs: [said] });
  expect(readOrRepair(sent)).toMatchObject({ text: mended, repairs: [said], object: { uid: 'u' } });
  expect(repairCalendarData(mended)).toEqual({ text: mended, repairs: [] });
}

/** Expects that a text stays refused, with the fault that it came with. */
export function expectRefused(sent: string): void {
  const fault = readCalendarObject(sent);
  expect(isCalendarFault(fault)).toBe(true);
  expect(readOrRepair(sent)).toEqual(fault);
}

/** Expects that a text is read as it is: nothing to repair. */
export function expectTolerated(sent: string): void {
  expect(readOrRepair(sent)).toMatchObject({ text: sent, repairs: [], object: { uid: 'u' } });
}
