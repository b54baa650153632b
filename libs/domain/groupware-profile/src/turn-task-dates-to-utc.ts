import {
  type Component,
  type ContentLine,
  formatInstant,
  instantOf,
  objectParts,
  parameterOf,
  readCalendarTime,
  usedTimezones,
  utc,
  withParameters,
  withValue,
  type ZoneLookup,
} from '@almanac/icalendar';
import { type Draft, groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/**
 * Row T4. A task that repeats (T1 is switched off then) keeps its zone: in UTC its later instances would move by an
 * hour with the clocks. VTIMEZONEs that nothing names any more go along.
 */
export const turnTaskDatesToUtc: ProfileRule = {
  row: 'T4',
  profiles: groupwareOnly,
  words: 'Start and due date of a task are turned to UTC where they have a time zone; days and floating times stay.',
  apply: (draft) => {
    if (objectParts(draft.root).some(repeats)) return draft;
    const turned = rewriteEach(draft, 'T4', (part, say) => {
      const properties =
        part.name === 'VTODO' ? part.properties.map((each) => inUtc(each, draft.zones)) : part.properties;
      if (properties.every((property, at) => property === part.properties[at])) return part;
      say('The dates of the task were turned to UTC.');
      return { ...part, properties };
    });
    return turned === draft ? draft : withoutUnusedTimezones(turned);
  },
};

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DUE', 'COMPLETED']);

function repeats({ properties }: Component): boolean {
  return properties.some(({ name }) => name === 'RRULE' || name === 'RDATE' || name === 'RECURRENCE-ID');
}

function inUtc(property: ContentLine, zones: ZoneLookup): ContentLine {
  if (!TIMES.has(property.name) || parameterOf(property, 'TZID') === undefined) return property;
  const time = readCalendarTime(property.value, property, zones);
  // A UTC time with a TZID beside it is UTC already: then only the TZID goes.
  if (time.kind !== 'zoned') return property;
  const value = formatInstant(instantOf(time, utc));
  return withParameters(
    withValue(property, value),
    property.parameters.filter(({ name }) => name !== 'TZID'),
  );
}

function withoutUnusedTimezones(draft: Draft): Draft {
  const used = usedTimezones(draft.root, objectParts(draft.root));
  const components = draft.root.components.filter(({ name }) => name !== 'VTIMEZONE');
  return { ...draft, root: { ...draft.root, components: [...used, ...components] } };
}
