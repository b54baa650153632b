import type { ProfileSettings } from '@almanac/contracts';
import type { ShapedContent, ShapeObject } from '@almanac/domain-collection';
import {
  faultOf,
  isCalendarFault,
  octetLength,
  readCalendarObject,
  readCalendarTree,
  writeComponent,
} from '@almanac/icalendar';
import type { Draft, ProfileRule } from './profile-rule.js';
import { profileRules } from './profile-rules.js';

/** They stand in the event; of a series with a thousand exceptions nobody reads them all. */
const MAX_TOLD = 100;

/** Runs the rules of a profile over calendar data; returns the very same text when nothing is altered. */
export const shapeObject: ShapeObject = (settings, sent, memory) => {
  const asSent: ShapedContent = { ...sent, changes: [], memory };
  const tree = mayConcern(settings, sent.text) ? readCalendarTree(sent.text) : null;
  if (tree === null || isCalendarFault(tree)) return asSent;
  const draft: Draft = { ...tree, memory, changes: [] };
  const shaped = faultOf(() => rulesOf(settings).reduce((before, rule) => rule.apply(before), draft));
  if (isCalendarFault(shaped)) return asSent;
  if (shaped.root === tree.root) return { ...asSent, memory: shaped.memory };
  const text = writeComponent(shaped.root);
  const object = readCalendarObject(text);
  // Not known to happen (a property-based test looks for it), but what was valid must not be lost to a rule.
  if (isCalendarFault(object)) return asSent;
  const changes = shaped.changes.slice(0, MAX_TOLD);
  return { text, facts: object.facts, size: octetLength(text), changes, memory: shaped.memory };
};

function rulesOf({ profile, rulesOff }: ProfileSettings): readonly ProfileRule[] {
  return profileRules.filter(({ row, profiles }) => profiles.includes(profile) && !rulesOff.includes(row));
}

const MARKS = /ATTACH|X-MOZ-|ACKNOWLEDGED|RELTYPE|19760401T005545Z|X-CALENDARSERVER-ACCESS/i;

/** What holds in `standard` is about rare properties: data without their names need not be read once more. */
function mayConcern({ profile }: ProfileSettings, text: string): boolean {
  return profile === 'groupware' || MARKS.test(text.replace(/\r?\n[ \t]/g, ''));
}
