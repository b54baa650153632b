import { describe, expect, test } from 'vitest';
import { faultOf, isCalendarFault } from './calendar-fault.js';
import { parameterOf, readContentLine } from './content-line.js';

describe('RFC 5545 3.1: a content line', () => {
  test('gives its name in capitals, its parameters and the raw value', () => {
    const line = readContentLine('attendee;CN="Bob; Example, Jr: x";ROLE=CHAIR,X:mailto:bob@example.com', 7);
    expect(line).toMatchObject({ name: 'ATTENDEE', value: 'mailto:bob@example.com', line: 7 });
    expect(line.parameters).toEqual([
      { name: 'CN', values: ['Bob; Example, Jr: x'] },
      { name: 'ROLE', values: ['CHAIR', 'X'] },
    ]);
    expect(parameterOf(line, 'ROLE')).toBe('CHAIR');
    expect(parameterOf(line, 'RSVP')).toBeUndefined();
  });

  test('keeps colons and semicolons of the value', () => {
    expect(readContentLine('X-A:b;c:d', 1).value).toBe('b;c:d');
  });

  test('RFC 6868: carets in parameter values are decoded', () => {
    expect(parameterOf(readContentLine('X;CN="a^nb^^c^\'d^e":', 1), 'CN')).toBe('a\nb^c"d^e');
  });

  test.each([
    ['NO COLON', 'a property name'],
    ['SUMMARY', 'colon'],
    ['SUMMARY;X=1', 'colon'],
    ['SUMMARY;X:1', 'NAME=value'],
    ['SUMMARY;X="1:2', 'quotation'],
    ['SUMMARY;X=a"b":2', 'quotation'],
    ['SUMMARY;X="a"b:2', 'colon'],
    [':value', 'a property name'],
    ['SUMMÄRY:x', 'a property name'],
    ['SUMMARY;A B=1:x', 'a parameter name'],
  ])('%s is refused with its line', (text, word) => {
    const fault = faultOf(() => readContentLine(text, 3));
    expect(isCalendarFault(fault)).toBe(true);
    expect(fault).toMatchObject({ code: 'valid-calendar-data', line: 3, reason: expect.stringContaining(word) });
  });
});
