import { expect, test } from 'vitest';
import { alarm, event, shapeLines } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const NEVER = 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z';

test.each(['groupware', 'standard'] as const)(
  "R7: Apple's placeholder is dropped in %s, before R2 counts",
  (profile) => {
    const lines = [START, ...alarm('ACTION:NONE', NEVER, 'X-APPLE-DEFAULT-ALARM:TRUE'), ...alarm('TRIGGER:-PT5M')];
    const shaped = shapeLines(event(...lines), { profile });
    expect(shaped.lines).toEqual(event(START, ...alarm('TRIGGER:-PT5M')));
    expect(shaped.changes).toMatchObject([{ row: 'R7', component: 'VEVENT', recurrenceId: null }]);
  },
);

test('R7: a default alarm of the user, and a reminder set off by a place, are reminders', () => {
  const own = alarm('TRIGGER:-PT15H', 'X-APPLE-DEFAULT-ALARM:TRUE');
  const place = alarm(NEVER, 'X-APPLE-PROXIMITY:ARRIVE');
  for (const reminder of [own, place]) expect(shapeLines(event(START, ...reminder)).isSame).toBe(true);
});
