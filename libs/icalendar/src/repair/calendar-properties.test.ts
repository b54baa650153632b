import { expect, test } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { readCalendarObject } from '../calendar-object.js';
import { addVersion } from './add-version.js';
import { dropMethod } from './drop-method.js';
import { event, expectMended, expectRefused, expectTolerated, START } from '../testing/repaired.js';

test('a missing VERSION is added', () => {
  expectMended(event(START).replace('VERSION:2.0\r\n', ''), event(START), addVersion.said);
});

test('another VERSION is another format: refused', () => {
  expectRefused(event(START).replace('VERSION:2.0', 'VERSION:1.0'));
});

test('METHOD of an invitation that came by mail is removed', () => {
  for (const method of ['REQUEST', 'PUBLISH']) {
    const sent = event(START).replace('VERSION:2.0', `VERSION:2.0\r\nMETHOD:${method}`);
    expectMended(sent, event(START), dropMethod.said);
  }
});

test('a missing PRODID and a missing DTSTAMP are tolerated: nothing is added', () => {
  expectTolerated(event(START));
});

test('small letters are tolerated', () => {
  expectTolerated(event(START).toLowerCase().replace('uid:u', 'UID:u'));
});

test('a missing or second UID is refused', () => {
  expectRefused(event(START).replace('UID:u\r\n', ''));
  expectRefused(event(START, 'UID:v'));
  expect(isCalendarFault(readCalendarObject(event(START, 'UID:v')))).toBe(true);
});
