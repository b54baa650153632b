import {
  type Component,
  formatInstant,
  latestOf,
  latestStamp,
  masterOf,
  mozillaAck,
  mozillaAckOf,
  newProperty,
  objectParts,
  propertyOf,
  putProperty,
  readStamp,
  rewriteAlarms,
} from '@almanac/icalendar';
import { acknowledged, acknowledgedOf, ownAlarmsOf } from './alarm-dialects.js';
import { type Draft, rewriteEach } from './profile-rule.js';

/**
 * Row R5, dismissals. X-MOZ-LASTACK of the master holds for all instances up to its time, ACKNOWLEDGED for one VALARM;
 * an exception's own holds for it. The newer one wins. Thunderbird asks the master alone, which therefore has the newest
 * of all: it is news to the others only where it is newer than every ACKNOWLEDGED.
 */
export function translateAcknowledgements(draft: Draft): Draft {
  const master = masterOf(draft.root);
  const seriesAck = master === undefined ? null : mozillaAckOf(master);
  const known = latestOf(objectParts(draft.root).map(acknowledgedOf));
  const news = isNewer(seriesAck, known) ? seriesAck : null;
  const raised = rewriteEach(draft, 'R5', (part, say) => {
    const answered = raise(part, latestOf([part === master ? null : mozillaAckOf(part), news]));
    if (answered !== part) say('The dismissal was also written as the standard has it (ACKNOWLEDGED).');
    return answered;
  });
  const newest = latestOf(objectParts(raised.root).map(acknowledgedOf));
  return rewriteEach(raised, 'R5', (part, say) => {
    const marked = mark(part, propertyOf(part, 'RECURRENCE-ID') === undefined ? newest : acknowledgedOf(part));
    if (marked !== part) say('The dismissal was also written as Thunderbird reads it (X-MOZ-LASTACK).');
    return marked;
  });
}

function isNewer(stamp: number | null, than: number | null): boolean {
  return stamp !== null && (than === null || stamp > than);
}

/** Acknowledges the reminders that have gone off; one that was put off beyond the answer is still to come. */
function raise(part: Component, ack: number | null): Component {
  if (ack === null || !isNewer(ack, acknowledgedOf(part))) return part;
  const own = new Set(ownAlarmsOf(part));
  return rewriteAlarms(part, (alarm) => {
    const trigger = own.has(alarm) ? null : readStamp(propertyOf(alarm, 'TRIGGER')?.value ?? '');
    return trigger !== null && trigger > ack
      ? alarm
      : putProperty(alarm, newProperty(acknowledged, formatInstant(ack)));
  });
}

function mark(part: Component, ack: number | null): Component {
  if (ack === null || !isNewer(ack, latestStamp(part, mozillaAck))) return part;
  return putProperty(part, newProperty(mozillaAck, formatInstant(ack)));
}
