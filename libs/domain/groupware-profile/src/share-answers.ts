import { latestOf, mozillaAckOf, objectParts } from '@almanac/icalendar';
import { type Draft, type ProfileRule, standardOnly } from './profile-rule.js';
import { sharedSnoozes } from './snooze-pairs.js';
import { translateAcknowledgements } from './translate-acknowledgements.js';
import { translateSnoozes, withdrawSnoozes } from './translate-snoozes.js';

/** Row R5. What is stored has both dialects, so that every program finds its own. */
export const shareAnswers: ProfileRule = {
  row: 'R5',
  profiles: standardOnly,
  words:
    'Dismissing a reminder or putting it off, in Thunderbird (X-MOZ-LASTACK, X-MOZ-SNOOZE-TIME) or in a program of RFC 9074 ' +
    '(ACKNOWLEDGED, RELATED-TO;RELTYPE=SNOOZE), is written both ways, for each occurrence, so that it holds in the others.',
  apply: (draft) => remember(translateSnoozes(translateAcknowledgements(withdrawSnoozes(draft)))),
};

function remember(draft: Draft): Draft {
  const lastAck = latestOf([draft.memory?.lastAck ?? null, ...objectParts(draft.root).map(mozillaAckOf)]);
  const snoozedTo = sharedSnoozes(draft);
  if (lastAck === null && snoozedTo.length === 0) return draft;
  return { ...draft, memory: { lastAck: lastAck ?? 0, ...(snoozedTo.length === 0 ? {} : { snoozedTo }) } };
}
