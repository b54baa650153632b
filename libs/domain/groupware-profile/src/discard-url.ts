import { keepProperties } from '@almanac/icalendar';
import { groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row P1. */
export const discardUrl: ProfileRule = {
  row: 'P1',
  profiles: groupwareOnly,
  words: 'The URL of an appointment or task is discarded.',
  apply: (draft) =>
    rewriteEach(draft, 'P1', (part, say) => {
      const without = keepProperties(part, ({ name }) => name !== 'URL');
      if (without !== part) say('The link (URL) was left out.');
      return without;
    }),
};
