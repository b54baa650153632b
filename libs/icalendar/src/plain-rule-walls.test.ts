import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainRule } from './plain-rule-walls.js';
import { readRecurrenceRule } from './recurrence-rule.js';
import { ruleWalls } from './rule-walls.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const rules = fc.record({
  frequency: fc.constantFrom('WEEKLY', 'DAILY', 'HOURLY'),
  interval: fc.integer({ min: 1, max: 5 }),
  days: fc.subarray(DAYS),
  months: fc.subarray([1, 2, 5, 9, 12]),
  weekStart: fc.constantFrom(...DAYS),
  count: fc.option(fc.integer({ min: 1, max: 60 })),
  anchor: fc.integer({ min: 0, max: 40_000 }).map((hours) => 1_599_998_400 + hours * 3600),
  from: fc.integer({ min: -100, max: 1000 }),
  length: fc.integer({ min: 1, max: 200 }),
});

type Given = typeof rules extends fc.Arbitrary<infer T> ? T : never;

function ruleOf({ frequency, interval, days, months, weekStart, count }: Given): string {
  const byDay = frequency !== 'HOURLY' && days.length > 0 ? `;BYDAY=${days.join(',')}` : '';
  const byMonth = frequency === 'DAILY' && months.length > 0 ? `;BYMONTH=${months.join(',')}` : '';
  return `FREQ=${frequency};INTERVAL=${interval};WKST=${weekStart}${byDay}${byMonth}${count === null ? '' : `;COUNT=${count}`}`;
}

test('arithmetic gives what rrule-temporal gives for rules of weeks, days and hours', () => {
  fc.assert(
    fc.property(rules, (given) => {
      const plain = readRecurrenceRule(ruleOf(given), 1);
      // BYMINUTE=0 changes nothing about rules on the full hour, but it sends the rule to rrule-temporal.
      const general = { ...plain, parts: { ...plain.parts, byMinute: [0] } };
      expect([isPlainRule(plain), isPlainRule(general)]).toEqual([true, false]);
      const anchored = { anchor: given.anchor, untilWall: null, isDate: false };
      const from = given.anchor + given.from * 86_400;
      const to = from + given.length * (given.frequency === 'HOURLY' ? 3600 : 86_400);
      expect(ruleWalls({ ...anchored, rule: plain }, from, to)).toEqual(
        ruleWalls({ ...anchored, rule: general }, from, to),
      );
    }),
    { numRuns: 300 },
  );
});

test('RFC 5545 3.3.10: BYDAY limits the days of BYYEARDAY', () => {
  const rule = readRecurrenceRule('FREQ=YEARLY;BYYEARDAY=59,60,100;BYDAY=SA', 1);
  const wall = (day: string) => Date.parse(`${day}T09:00:00Z`) / 1000;
  const anchored = { rule, anchor: wall('2004-02-28'), untilWall: null, isDate: false };
  expect(ruleWalls(anchored, wall('2004-01-01'), wall('2012-12-31'))).toEqual(
    ['2004-02-28', '2009-02-28', '2010-04-10'].map(wall),
  );
});
