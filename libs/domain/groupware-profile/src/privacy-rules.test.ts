import { describe, expect, test } from 'vitest';
import { event, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const PEOPLE = ['ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:b@example.org'];

describe('V2: confidential is private', () => {
  test.each(['CONFIDENTIAL', 'confidential', 'X-SECRET'])('CLASS:%s', (value) => {
    const shaped = shapeLines(event(START, `CLASS:${value}`));
    expect(shaped.lines).toEqual(event(START, 'CLASS:PRIVATE'));
    expect(shaped.changes).toMatchObject([{ row: 'V2' }]);
  });

  test('V1: PRIVATE, PUBLIC and none are left alone', () => {
    for (const line of ['CLASS:PRIVATE', 'CLASS:PUBLIC', 'STATUS:CONFIRMED']) {
      expect(shapeLines(event(START, line)).isSame).toBe(true);
    }
    expect(shapeLines(event(START, 'CLASS:CONFIDENTIAL'), { profile: 'standard' }).isSame).toBe(true);
  });
});

describe('V3: a private appointment has no participants', () => {
  test('PRIVATE and CONFIDENTIAL lose them', () => {
    for (const value of ['PRIVATE', 'CONFIDENTIAL']) {
      const shaped = shapeLines(event(START, `CLASS:${value}`, ...PEOPLE));
      expect(shaped.lines).toEqual(event(START, 'CLASS:PRIVATE'));
      expect(shaped.changes.map(({ row }) => row)).toContain('V3');
    }
  });

  test('one private exception makes the whole appointment private', () => {
    const override = event('RECURRENCE-ID:20260106T090000Z', START, 'CLASS:PRIVATE', ...PEOPLE);
    const shaped = shapeLines([...event(START, 'RRULE:FREQ=DAILY', ...PEOPLE), ...override]);
    expect(shaped.lines.join()).not.toContain('mailto:');
  });

  test('public ones keep them, tasks are none of its business, and it can be switched off', () => {
    expect(shapeLines(event(START, 'CLASS:PUBLIC', ...PEOPLE)).isSame).toBe(true);
    expect(shapeLines(task('CLASS:PRIVATE', ...PEOPLE), { rulesOff: ['T1'] }).isSame).toBe(true);
    expect(shapeLines(event(START, 'CLASS:PRIVATE', ...PEOPLE), { rulesOff: ['V3'] }).isSame).toBe(true);
  });
});

describe('V4: X-CALENDARSERVER-ACCESS', () => {
  test.each([
    ['PRIVATE', 'PRIVATE'],
    ['CONFIDENTIAL', 'CONFIDENTIAL'],
    ['RESTRICTED', 'CONFIDENTIAL'],
  ])('%s gives CLASS:%s where there is none, in both profiles', (access, value) => {
    const lines = [`X-CALENDARSERVER-ACCESS:${access}`, ...event(START, ...PEOPLE)];
    const standard = shapeLines(lines, { profile: 'standard' });
    expect(standard.lines).toEqual([lines[0], ...event(START, ...PEOPLE, `CLASS:${value}`)]);
    expect(standard.changes).toMatchObject([{ row: 'V4' }]);
    expect(shapeLines(lines).lines).toEqual([lines[0], ...event(START, 'CLASS:PRIVATE')]);
  });

  test('leaves a CLASS that was sent, and PUBLIC', () => {
    for (const access of ['PUBLIC', 'PRIVATE']) {
      const lines = [`X-CALENDARSERVER-ACCESS:${access}`, ...event(START, 'CLASS:PUBLIC')];
      expect(shapeLines(lines, { profile: 'standard' }).isSame).toBe(true);
    }
    expect(shapeLines(['X-CALENDARSERVER-ACCESS:PUBLIC', ...event(START)], { profile: 'standard' }).isSame).toBe(true);
  });
});
