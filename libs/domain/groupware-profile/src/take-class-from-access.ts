import { accessProperty, type Component, newProperty, propertyOf, putProperty } from '@almanac/icalendar';
import { bothProfiles, nounOf, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row V4: macOS Calendar marks a private appointment on the VCALENDAR, everybody else on the component. */
export const takeClassFromAccess: ProfileRule = {
  row: 'V4',
  profiles: bothProfiles,
  words:
    'X-CALENDARSERVER-ACCESS, by which macOS Calendar marks private appointments, also sets CLASS where there is none.',
  apply: (draft) => {
    const value = classes[propertyOf(draft.root, accessProperty)?.value.trim().toUpperCase() ?? ''];
    if (value === undefined) return draft;
    return rewriteEach(draft, 'V4', (part, say) => {
      if (!isClassless(part)) return part;
      say(`The ${nounOf(part)} was marked ${value.toLowerCase()} for all programs, not only for Apple's.`);
      return putProperty(part, newProperty('CLASS', value));
    });
  },
};

/** RESTRICTED shows the title as well; the nearest that RFC 5545 has shows less. */
const classes: Readonly<Record<string, string>> = {
  PRIVATE: 'PRIVATE',
  CONFIDENTIAL: 'CONFIDENTIAL',
  RESTRICTED: 'CONFIDENTIAL',
};

function isClassless(part: Component): boolean {
  return part.name !== 'VFREEBUSY' && (propertyOf(part, 'CLASS')?.value.trim() ?? '') === '';
}
