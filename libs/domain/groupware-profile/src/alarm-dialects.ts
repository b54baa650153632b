import {
  alarmComponents,
  type Component,
  latestOf,
  latestStamp,
  parameterOf,
  propertiesOf,
  propertyOf,
  readStamp,
  stableUuid,
} from '@almanac/icalendar';

/** RFC 9074 6.1: when the user last answered a reminder. */
export const acknowledged = 'ACKNOWLEDGED';

/** A reminder that another was put off to (RFC 9074 7.1): the UID of the other, and when it goes off. */
export interface SnoozeAlarm {
  readonly alarm: Component;
  readonly of: string;
  readonly time: number;
}

/** The snooze alarms of a component. */
export function snoozeAlarmsOf(part: Component): readonly SnoozeAlarm[] {
  return alarmComponents(part).flatMap((alarm) => {
    const of = snoozedUid(alarm);
    const time = readStamp(propertyOf(alarm, 'TRIGGER')?.value ?? '');
    return of === undefined || time === null ? [] : [{ alarm, of, time }];
  });
}

/** The reminders of a component that the user has set, without those that others were put off to. */
export function ownAlarmsOf(part: Component): readonly Component[] {
  return alarmComponents(part).filter((alarm) => snoozedUid(alarm) === undefined);
}

/** The latest answer to any reminder of a component, UTC seconds. */
export function acknowledgedOf(part: Component): number | null {
  return latestOf(alarmComponents(part).map((alarm) => latestStamp(alarm, acknowledged)));
}

/** The UID of a reminder; where it has none, the one that it always gets (RFC 9074 4). */
export function alarmUid(alarm: Component, part: Component): string {
  const own = propertyOf(alarm, 'UID') ?? propertyOf(alarm, 'X-WR-ALARMUID');
  if (own !== undefined && own.value.trim() !== '') return own.value.trim();
  const names = ['UID', 'RECURRENCE-ID'].map((name) => propertyOf(part, name)?.value ?? '');
  return stableUuid([...names, propertyOf(alarm, 'TRIGGER')?.text ?? '', ownAlarmsOf(part).indexOf(alarm)].join(' '));
}

function snoozedUid(alarm: Component): string | undefined {
  const relation = propertiesOf(alarm, 'RELATED-TO').find(
    (property) => parameterOf(property, 'RELTYPE')?.toUpperCase() === 'SNOOZE',
  );
  return relation?.value.trim();
}
