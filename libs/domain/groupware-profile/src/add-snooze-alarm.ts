import {
  type Component,
  type MozillaSnooze,
  newProperty,
  propertyOf,
  putProperty,
  recurrenceIdentity,
  stableUuid,
} from '@almanac/icalendar';
import { alarmUid, ownAlarmsOf } from './alarm-dialects.js';
import { partsByInstance } from './parts-by-instance.js';
import { type Draft, rewriteEach } from './profile-rule.js';
import { absoluteTrigger, firstShown } from './shown-reminder.js';
import { type Held, saidOfSnooze } from './snooze-pairs.js';

/** Thunderbird's snooze as RFC 9074 7.1 has it; in the component of the instance, else beside the reminder of the series. */
export function addSnoozeAlarm(draft: Draft, { holder, snooze }: Held<MozillaSnooze>): Draft {
  const { occurrence, time } = snooze;
  const instances = partsByInstance(draft);
  const own = instances.get(recurrenceIdentity(holder, draft));
  const target = (occurrence === null ? undefined : instances.get(occurrence)) ?? own;
  return rewriteEach(draft, 'R5', (part, say) => {
    const shown = part === target ? firstShown(ownAlarmsOf(part)) : undefined;
    if (shown === undefined) return part;
    say(saidOfSnooze(time));
    return withSnooze(part, shown, time);
  });
}

function withSnooze(part: Component, shown: Component, time: number): Component {
  const uid = alarmUid(shown, part);
  const named = propertyOf(shown, 'UID') === undefined ? putProperty(shown, newProperty('UID', uid)) : shown;
  const components = part.components.flatMap((inner) =>
    inner === shown ? [named, snoozeAlarm(shown, uid, time)] : [inner],
  );
  return { ...part, components };
}

function snoozeAlarm(shown: Component, uid: string, time: number): Component {
  const relation = { ...newProperty('RELATED-TO', uid), parameters: [{ name: 'RELTYPE', values: ['SNOOZE'] }] };
  const text = propertyOf(shown, 'DESCRIPTION') ?? newProperty('DESCRIPTION', 'Reminder');
  return {
    name: 'VALARM',
    line: 0,
    properties: [
      newProperty('UID', stableUuid(`${uid} put off to ${time}`)),
      { ...relation, text: `RELATED-TO;RELTYPE=SNOOZE:${uid}` },
      newProperty('ACTION', 'DISPLAY'),
      absoluteTrigger(time),
      text,
    ],
    components: [],
  };
}
