import { expect, it } from 'vitest';
import type { Details } from '../api/types.js';
import { formOfTask, taskChanges, withStatus } from './task-form.js';

const task: Omit<Details, 'attendees'> = {
  ...{ title: 'a', location: '', description: '', categories: [], isPrivate: false, isFree: false },
  ...{ start: null, end: { local: '2026-03-12T10:00:30', zone: null }, rule: null, reminders: [15] },
  ...{ status: 'IN-PROCESS', percent: 40, priority: 3 },
};

it('only what was changed is sent', () => {
  const form = formOfTask(task, 'UTC');
  expect(taskChanges(task, form, 'UTC')).toEqual({});
  expect(taskChanges(task, { ...form, title: 'b ' }, 'UTC')).toEqual({ title: 'b' });
  expect(taskChanges(task, { ...form, priority: 9 }, 'UTC')).toEqual({ priority: 9 });
});

it('a floating time stays floating, and a day becomes a time of the chosen zone', () => {
  const form = formOfTask(task, 'UTC');
  expect(taskChanges(task, { ...form, day: '2026-03-13' }, 'UTC').end).toEqual({
    local: '2026-03-13T10:00:30',
    zone: null,
  });
  const ofDay = { ...task, end: { local: '2026-03-12', zone: null } };
  expect(taskChanges(ofDay, { ...formOfTask(ofDay, 'UTC'), time: '09:00' }, 'UTC').end).toEqual({
    local: '2026-03-12T09:00:00',
    zone: 'UTC',
  });
});

it('a time is shown on the wall of the chosen zone, and stays in its own', () => {
  const berlin = 'Europe/Berlin';
  const inUtc = { ...task, end: { local: '2026-03-12T22:30:00', zone: 'UTC' } };
  const form = formOfTask(inUtc, berlin);
  expect([form.day, form.time]).toEqual(['2026-03-12', '23:30']);
  expect(taskChanges(inUtc, form, berlin)).toEqual({});
  expect(taskChanges(inUtc, { ...form, day: '2026-07-12' }, berlin).end).toEqual({
    local: '2026-07-12T21:30:00',
    zone: 'UTC',
  });
  const own = { ...task, end: { local: '2026-03-12T22:30:00', zone: 'Customized Time Zone' } };
  expect(taskChanges(own, { ...formOfTask(own, berlin), time: '22:00' }, berlin).end).toEqual({
    local: '2026-03-12T22:00:00',
    zone: 'Customized Time Zone',
  });
});

it('what is never due has no reminder before that', () => {
  expect(taskChanges(task, { ...formOfTask(task, 'UTC'), day: '' }, 'UTC')).toEqual({ end: null, reminders: [] });
});

it('a new task is sent whole', () => {
  const form = { ...formOfTask(null, 'UTC'), title: 'n', day: '2026-03-12' };
  expect(taskChanges(null, form, 'UTC')).toMatchObject({ title: 'n', end: { local: '2026-03-12', zone: null } });
});

it('done is a hundred percent, and taken up again it is none', () => {
  const done = withStatus(formOfTask(task, 'UTC'), 'COMPLETED');
  expect([done.percent, withStatus(done, 'NEEDS-ACTION').percent]).toEqual([100, 0]);
  expect(withStatus(formOfTask(task, 'UTC'), 'NEEDS-ACTION').percent).toBe(40);
});
