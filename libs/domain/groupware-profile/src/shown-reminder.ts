import {
  alarmComponents,
  type Component,
  formatInstant,
  newProperty,
  propertyOf,
  putProperty,
  rewriteAlarms,
} from '@almanac/icalendar';

/** Thunderbird shows ACTION:DISPLAY only, so that is what its dismissals are about; else the first of any kind. */
export function firstShown(alarms: readonly Component[]): Component | undefined {
  return alarms.find((alarm) => propertyOf(alarm, 'ACTION')?.value.trim().toUpperCase() === 'DISPLAY') ?? alarms[0];
}

/** The component with its shown reminder at an instant. */
export function moveReminder(part: Component, instant: number): Component {
  const shown = firstShown(alarmComponents(part));
  return rewriteAlarms(part, (alarm) => (alarm === shown ? putProperty(alarm, absoluteTrigger(instant)) : alarm));
}

/** RFC 5545 3.8.6.3. */
export function absoluteTrigger(instant: number) {
  const value = formatInstant(instant);
  const parameters = [{ name: 'VALUE', values: ['DATE-TIME'] }];
  return { ...newProperty('TRIGGER', value), parameters, text: `TRIGGER;VALUE=DATE-TIME:${value}` };
}
