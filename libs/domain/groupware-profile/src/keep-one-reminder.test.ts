import { expect, test } from 'vitest';
import { alarm, event, only, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const triggers = (lines: readonly string[]) => lines.filter((line) => line.startsWith('TRIGGER'));
const two = [...alarm('TRIGGER:-PT5M'), ...alarm('TRIGGER:-PT10M')];

test('R2: the first reminder is kept, of appointments and tasks', () => {
  const shaped = shapeLines(event(START, ...two), { rulesOff: only('R2') });
  expect(triggers(shaped.lines)).toEqual(['TRIGGER:-PT5M']);
  expect(shaped.changes[0]?.said).toBe('The second reminder was left out: an appointment keeps one.');
  const three = shapeLines(task(START, ...two, ...alarm('TRIGGER:-PT15M')), { rulesOff: only('R2') });
  expect(triggers(three.lines)).toEqual(['TRIGGER:-PT5M']);
  expect(three.changes[0]?.said).toBe('All reminders but the first were left out: a task keeps one.');
});

test('R2: the first that R3 and R1 leave is the one', () => {
  const sound = alarm('ACTION:AUDIO', 'TRIGGER:-PT1H');
  const late = alarm('TRIGGER:PT1H');
  expect(triggers(shapeLines(event(START, ...sound, ...late, ...two)).lines)).toEqual(['TRIGGER:-PT5M']);
});

test('R2: one is left alone, and each override has one of its own', () => {
  const override = event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T090000Z', ...alarm('TRIGGER:-PT7M'));
  const series = event(START, 'RRULE:FREQ=DAILY', ...alarm('TRIGGER:-PT5M'));
  expect(shapeLines([...series, ...override]).isSame).toBe(true);
});
