import {
  type Component,
  type ContentLine,
  isOverride,
  keepProperties,
  masterOf,
  parameterOf,
} from '@almanac/icalendar';
import { bothProfiles, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row A4: eM Client sends the attachments of the series with each exception; what is the exception's own stays. */
export const skipRepeatedAttachments: ProfileRule = {
  row: 'A4',
  profiles: bothProfiles,
  words: 'Attachments of a series that a program repeats on an exception are skipped there.',
  apply: (draft) => {
    const master = masterOf(draft.root);
    const known = new Set(master === undefined ? [] : attachmentsOf(master).flatMap(namesOf));
    if (known.size === 0) return draft;
    return rewriteEach(draft, 'A4', (part, say) => {
      if (!isOverride(part)) return part;
      const own = keepProperties(
        part,
        (each) => each.name !== 'ATTACH' || !namesOf(each).some((name) => known.has(name)),
      );
      if (own !== part) say('Attachments that the series has already were left out of this exception.');
      return own;
    });
  },
};

const attachmentsOf = ({ properties }: Component): readonly ContentLine[] =>
  properties.filter(({ name }) => name === 'ATTACH');

/** One attachment is another when either its id (RFC 8607 4.3) or what it points to is the same. */
function namesOf(property: ContentLine): readonly string[] {
  const id = parameterOf(property, 'MANAGED-ID');
  return [`value ${property.value.trim()}`, ...(id === undefined ? [] : [`id ${id}`])];
}
