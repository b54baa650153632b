import { propertyOf, putProperty, withValue } from '@almanac/icalendar';
import { groupwareOnly, nounOf, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row V2. Classifications that nobody knows are private, too (RFC 5545 3.8.1.3). */
export const makeConfidentialPrivate: ProfileRule = {
  row: 'V2',
  profiles: groupwareOnly,
  words: 'What is confidential is private: the groupware has these two in one.',
  apply: (draft) =>
    rewriteEach(draft, 'V2', (part, say) => {
      const property = propertyOf(part, 'CLASS');
      const value = property?.value.trim().toUpperCase() ?? '';
      if (property === undefined || ['', 'PUBLIC', 'PRIVATE'].includes(value)) return part;
      say(`The ${nounOf(part)} was confidential and is private now.`);
      return putProperty(part, withValue(property, 'PRIVATE'));
    }),
};
