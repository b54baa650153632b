import { alarmComponents, keepComponents } from '@almanac/icalendar';
import { groupwareOnly, nounOf, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row R2. It runs after R4, R3 and R1: the first reminder that they leave is the one. */
export const keepOneReminder: ProfileRule = {
  row: 'R2',
  profiles: groupwareOnly,
  words: 'An appointment or task keeps one reminder: the first that the other rules leave.',
  apply: (draft) =>
    rewriteEach(draft, 'R2', (part, say) => {
      const [first, ...others] = alarmComponents(part);
      if (others.length === 0) return part;
      const what = others.length === 1 ? 'The second reminder was' : 'All reminders but the first were';
      say(`${what} left out: ${part.name === 'VEVENT' ? 'an' : 'a'} ${nounOf(part)} keeps one.`);
      return keepComponents(part, (inner) => inner.name !== 'VALARM' || inner === first);
    }),
};
