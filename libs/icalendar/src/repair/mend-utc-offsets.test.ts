import { expect, test } from 'vitest';
import { mendUtcOffsets } from './mend-utc-offsets.js';
import { repairCalendarData } from './repair-calendar-data.js';
import { calendar, expectMended, expectRefused } from '../testing/repaired.js';

const zoned = (from: string, to = '+0100') =>
  calendar(
    ...['BEGIN:VTIMEZONE', 'TZID:Own', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', `TZOFFSETFROM:${from}`],
    ...[`TZOFFSETTO:${to}`, 'END:STANDARD', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:u'],
    ...['DTSTART;TZID=Own:20260105T090000', 'END:VEVENT'],
  );

test.each([
  ['+5730', '+005730'],
  ['-2300', '-002300', 'tolerated'],
  ['+01:00', '+0100'],
  ['0100', '+0100'],
  ['+01', '+0100'],
  ['-05:30:15', '-053015'],
])('%s is %s', (sent, mended, tolerated?: string) => {
  if (tolerated === undefined) expectMended(zoned(sent), zoned(mended), mendUtcOffsets.said);
  else expect(repairCalendarData(zoned(sent)).text).toBe(zoned(mended));
});

test('both offsets of a part, and what is no offset at all', () => {
  expectMended(zoned('+02:00', '+01:00'), zoned('+0200', '+0100'), mendUtcOffsets.said);
  expectRefused(zoned('CET'));
});

test('good offsets stay, with seconds and up to the rim of the Earth', () => {
  for (const offset of ['+0100', '-1200', '+1400', '+005730', '-053015']) {
    expect(repairCalendarData(zoned(offset))).toEqual({ text: zoned(offset), repairs: [] });
  }
});
