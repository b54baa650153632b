import { keepComponents, keepProperties, mozillaAckOf, mozillaSnoozesOf, objectParts } from '@almanac/icalendar';
import { addMozillaSnooze } from './add-mozilla-snooze.js';
import { addSnoozeAlarm } from './add-snooze-alarm.js';
import { acknowledgedOf, snoozeAlarmsOf } from './alarm-dialects.js';
import { type Draft, rewriteEach } from './profile-rule.js';
import { mozillaOnly, snoozeTimes, standardOnly } from './snooze-pairs.js';

/**
 * Row R5, snoozes: X-MOZ-SNOOZE-TIME[-µs] on the master, and a VALARM with RELATED-TO;RELTYPE=SNOOZE in the component of
 * the instance. What is told in one way only is written in the other as well.
 */
export function translateSnoozes(draft: Draft): Draft {
  const alarmed = mozillaOnly(draft).reduce(addSnoozeAlarm, draft);
  return standardOnly(alarmed).reduce(addMozillaSnooze, alarmed);
}

/**
 * What both had at the last PUT and one has now was withdrawn by a program that knows the other. One that has dropped
 * every mark of a kind does not know that kind, and has withdrawn nothing: so this must see the draft as it was sent.
 */
export function withdrawSnoozes(draft: Draft): Draft {
  const known = new Set(draft.memory?.snoozedTo ?? []);
  const { mozilla, standard } = snoozeTimes(draft);
  const parts = objectParts(draft.root);
  const knowsMozilla = parts.some((part) => mozillaAckOf(part) !== null);
  const knowsStandard = parts.some((part) => acknowledgedOf(part) !== null);
  return rewriteEach(draft, 'R5', (part, say) => {
    const alarms = snoozeAlarmsOf(part).filter(({ time }) => knowsMozilla && known.has(time) && !mozilla.has(time));
    const marks = mozillaSnoozesOf(part).filter(({ time }) => knowsStandard && known.has(time) && !standard.has(time));
    const ended = new Set(alarms.map(({ alarm }) => alarm));
    const unmarked = new Set(marks.map(({ name }) => name));
    const fewer = keepComponents(part, (inner) => !ended.has(inner));
    const kept = keepProperties(fewer, ({ name }) => !unmarked.has(name));
    if (kept !== part) say('A reminder that is no longer put off was removed for all programs.');
    return kept;
  });
}
