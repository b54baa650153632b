import {
  type CalendarItem,
  type Component,
  keepComponents,
  propertyOf,
  readCalendarItem,
  readStamp,
  reminderDelay,
} from '@almanac/icalendar';
import { type Draft, groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/**
 * Row R1. A reminder that the user has put off (R4) is kept wherever it lies: it was asked for after the start was
 * known. REPEAT is not looked at: a reminder counts by when it first goes off.
 */
export const discardLateReminders: ProfileRule = {
  row: 'R1',
  profiles: groupwareOnly,
  words:
    'A reminder that would first go off after the start of an appointment is discarded; one at the start is kept. ' +
    'A series is measured at its first occurrence, an exception at its own start. Tasks keep such reminders.',
  apply: (draft) =>
    rewriteEach(draft, 'R1', (part, say) => {
      if (part.name !== 'VEVENT' || part.components.length === 0) return part;
      const item = readCalendarItem(part, draft.zones);
      const inTime = keepComponents(part, (inner) => inner.name !== 'VALARM' || !isLate(inner, item, draft));
      if (inTime !== part) say('A reminder after the start of the appointment was left out.');
      return inTime;
    }),
};

function isLate(alarm: Component, item: CalendarItem, { memory }: Draft): boolean {
  const delay = reminderDelay(alarm, item);
  if (delay === null || delay <= 0) return false;
  const trigger = readStamp(propertyOf(alarm, 'TRIGGER')?.value ?? '');
  return trigger === null || !(memory?.snoozedTo ?? []).includes(trigger);
}
