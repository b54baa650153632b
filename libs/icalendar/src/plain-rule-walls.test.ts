import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainRule } from './plain-rule-walls.js';
import { readRecurrenceRule } from './recurrence-rule.js';
import { ruleWalls } from './rule-walls.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const rules = fc.record({
  weekly: fc.boolean(),
  interval: fc.integer({ min: 1, max: 5 }),
  days: fc.subarray(DAYS),
  weekStart: fc.constantFrom(...DAYS),
  count: fc.option(fc.integer({ min: 1, max: 60 })),
  anchor: fc.integer({ min: 0, max: 40_000 }).map((hours) => 1_600_000_000 + hours * 3600),
  from: fc.integer({ min: -100, max: 1000 }),
  days_long: fc.integer({ min: 1, max: 200 }),
});

test('arithmetic gives what rrule-temporal gives for rules of days and weeks', () => {
  fc.assert(
    fc.property(rules, (given) => {
      const byDay = given.weekly && given.days.length > 0 ? `;BYDAY=${given.days.join(',')}` : '';
      const count = given.count === null ? '' : `;COUNT=${given.count}`;
      const text = `FREQ=${given.weekly ? 'WEEKLY' : 'DAILY'};INTERVAL=${given.interval};WKST=${given.weekStart}${byDay}${count}`;
      const plain = readRecurrenceRule(text, 1);
      // SKIP changes nothing about days and weeks, but it sends the rule to rrule-temporal.
      const general = { ...plain, skip: 'OMIT' as const };
      expect([isPlainRule(plain), isPlainRule(general)]).toEqual([true, false]);
      const anchored = { anchor: given.anchor, untilWall: null, isDate: false };
      const from = given.anchor + given.from * 86_400;
      const to = from + given.days_long * 86_400;
      expect(ruleWalls({ ...anchored, rule: plain }, from, to)).toEqual(
        ruleWalls({ ...anchored, rule: general }, from, to),
      );
    }),
    { numRuns: 400 },
  );
});
