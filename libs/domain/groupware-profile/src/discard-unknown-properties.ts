import { type Component, keepComponents } from '@almanac/icalendar';
import { keepKnownParts, lossesOf, withKnownProperties } from './keep-known-parts.js';
import { isVendors, keptOfCalendar, keptOfEvent } from './kept-properties.js';
import { type Draft, groupwareOnly, type ProfileRule, rewriteEach, rewriteWhole } from './profile-rule.js';

/** Row P2; it departs from RFC 4791 5.3.3. What a task keeps says T3; a VJOURNAL, which no groupware has, keeps all. */
export const discardUnknownProperties: ProfileRule = {
  row: 'P2',
  profiles: groupwareOnly,
  words:
    'Properties and components that the groupware does not have are left out, by the lists at the end of this page. ' +
    'RFC 4791 5.3.3 would have them kept.',
  apply: (draft) => {
    const holds = draft.root.components.some(({ name }) => name === 'VEVENT' || name === 'VTODO');
    return holds ? rewriteEach(besideParts(draft), 'P2', ofEvent) : draft;
  },
};

function ofEvent(part: Component, say: (words: string) => void): Component {
  if (part.name !== 'VEVENT') return part;
  const lost: string[] = [];
  const known = keepKnownParts(
    part,
    ({ name }) => keptOfEvent.has(name) || isVendors(name),
    (name) => lost.push(name),
  );
  if (known !== part) say(lossesOf(lost));
  return known;
}

/** The VCALENDAR itself, and what stands beside VEVENT, VTODO and VTIMEZONE. */
function besideParts(draft: Draft): Draft {
  const lost: string[] = [];
  const named = withKnownProperties(
    draft.root,
    ({ name }) => keptOfCalendar.has(name) || isVendors(name),
    (name) => lost.push(name),
  );
  const root = keepComponents(named, ({ name }) => {
    if (!name.startsWith('X-')) return true;
    lost.push(name);
    return false;
  });
  return rewriteWhole(draft, root, { row: 'P2', said: lossesOf(lost), component: 'VCALENDAR' });
}
