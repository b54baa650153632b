export { type CalendarFault, type CalendarFaultCode, faultOf, isCalendarFault } from './calendar-fault.js';
export { type CalendarComponentName, type CalendarObject, readCalendarObject } from './calendar-object.js';
export type { Busy, CalendarObjectFacts, Clock } from './facts.js';
export { type Occurrences, occurrencesWithin } from './occurrences.js';
export { readTimezoneProperty } from './timezone-property.js';
export { utc, type Zone, zoneById } from './zone.js';
export { type Alarm, alarmsWithin } from './alarms.js';
export { matches } from './comp-filter.js';
export type { CompFilter, ParamFilter, PropFilter, TextMatch, TimeRange } from './filter.js';
export { type FilterBounds, filterBounds } from './filter-bounds.js';
export { indexedMatch } from './indexed-match.js';
export { escapeText, unescapeText } from './text-match.js';
export { type CalendarDataSpec, presentCalendarData } from './calendar-data.js';
export type { CompSpec, PropSpec } from './comp-spec.js';
export { type BusyPeriod, busyPeriods, freeBusyComponent } from './free-busy.js';
export { JoinedCalendar, joinCalendar } from './join-calendar.js';
export { type SplitObject, splitCalendar } from './split-calendar.js';
export { loneOccurrence } from './lone-occurrence.js';
export { type CalendarItem, readCalendarItem } from './calendar-item.js';
export {
  addDuration,
  type CalendarTime,
  formatDate,
  formatInstant,
  formatWall,
  instantOf,
  readCalendarTime,
  type ZoneLookup,
} from './calendar-time.js';
export {
  alarmComponents,
  type CalendarTree,
  isOverride,
  keepComponents,
  keepProperties,
  masterOf,
  objectParts,
  putProperty,
  readCalendarTree,
  rewriteAlarms,
  rewriteParts,
} from './calendar-tree.js';
export { type Component, propertiesOf, propertyOf } from './component-tree.js';
export { type ContentLine, type Parameter, parameterOf } from './content-line.js';
export {
  isMozillaMark,
  mozillaAck,
  mozillaAckOf,
  type MozillaSnooze,
  mozillaSnoozeName,
  mozillaSnoozesOf,
  withoutMozillaMarks,
} from './mozilla-marks.js';
export { newProperty } from './new-property.js';
export { isPlaceholderAlarm, withoutPlaceholderAlarm, withPlaceholderAlarm } from './placeholder-alarm.js';
export { accessProperty, isPrivate, isPrivateCalendar } from './privacy.js';
export { recurrenceIdentity, recurrenceKey } from './recurrence-key.js';
export { reminderDelay } from './reminder-delay.js';
export { stableUuid } from './stable-uuid.js';
export { latestOf, latestStamp, readStamp } from './stamp.js';
export { usedTimezones } from './used-timezones.js';
export { octetLength, writeComponent } from './write-component.js';
export { keepParameters, withParameters, withValue } from './write-property.js';
export { withAccessOfClass, withClassOfAccess } from './access-for-apple.js';
export { attendeeAddresses } from './attendee-addresses.js';
export { maskAll, maskPrivate } from './mask-private.js';
export { keepingOverrideAttachments, withoutOverrideAttachments } from './override-attachments.js';
export { sameContent } from './same-content.js';
export { type ComponentAlarms, type SplitAlarms, splitAlarms, type UserAlarms, withAlarms } from './user-alarms.js';
export { lastInstanceBy } from './last-instance.js';
export { readOrRepair, repairCalendarData, type RepairedData } from './repair/repair-calendar-data.js';
export * from './attachments.js';
export * from './edit.js';
export { repeatedOf, repeatsAttachments } from './repeated-attachments.js';
