import { isPrivateCalendar, keepProperties } from '@almanac/icalendar';
import { groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/**
 * Row V3. One private exception makes the whole appointment private, as for those who read it (V4): participants of a
 * part only would be a scheduling object that RFC 6638 3.2.4.2 forbids.
 */
export const discardPrivateParticipants: ProfileRule = {
  row: 'V3',
  profiles: groupwareOnly,
  words: 'A private appointment loses its participants and its organizer.',
  apply: (draft) => {
    if (!isPrivateCalendar(draft.root)) return draft;
    return rewriteEach(draft, 'V3', (part, say) => {
      if (part.name !== 'VEVENT') return part;
      const alone = keepProperties(part, ({ name }) => name !== 'ATTENDEE' && name !== 'ORGANIZER');
      if (alone !== part) say('The participants were left out: a private appointment has none.');
      return alone;
    });
  },
};
