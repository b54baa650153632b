import { isPlaceholderAlarm, keepComponents } from '@almanac/icalendar';
import { bothProfiles, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row R7: what the server itself gave Apple's clients is no reminder of the user's. */
export const discardApplePlaceholder: ProfileRule = {
  row: 'R7',
  profiles: bothProfiles,
  words: 'The placeholder that Apple programs are given in place of "no reminder" is dropped when they send it back.',
  apply: (draft) =>
    rewriteEach(draft, 'R7', (part, say) => {
      const without = keepComponents(part, (inner) => !isPlaceholderAlarm(inner));
      if (without !== part) say("Apple's placeholder for having no reminder was left out.");
      return without;
    }),
};
