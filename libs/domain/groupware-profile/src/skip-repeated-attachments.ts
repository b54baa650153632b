import { isOverride, keepProperties, repeatedOf } from '@almanac/icalendar';
import { bothProfiles, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row A4: eM Client sends the attachments of the series with each exception; what is the exception's own stays. */
export const skipRepeatedAttachments: ProfileRule = {
  row: 'A4',
  profiles: bothProfiles,
  words: 'Attachments of a series that a program repeats on an exception are skipped there.',
  apply: (draft) => {
    const isRepeated = repeatedOf(draft.root);
    if (isRepeated === null) return draft;
    return rewriteEach(draft, 'A4', (part, say) => {
      if (!isOverride(part)) return part;
      const own = keepProperties(part, (each) => !isRepeated(each));
      if (own !== part) say('Attachments that the series has already were left out of this exception.');
      return own;
    });
  },
};
