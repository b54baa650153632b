import { type ContentLine, parameterOf } from '../content-line.js';
import { keepParameters, withParameters, withValue } from '../write-property.js';
import { rewriteProperties, type TreeRepair } from './repair.js';

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID', 'RDATE', 'EXDATE']);

/** RFC 5545 3.2.20: a VALUE that says another type than the value has. A midnight under VALUE=DATE means the day. */
export const followValueType: TreeRepair = {
  said: 'Dates and times were given the type that they have.',
  mend: ({ root }) => rewriteProperties(root, (property) => (TIMES.has(property.name) ? agreeing(property) : property)),
};

function agreeing(property: ContentLine): ContentLine {
  const type = parameterOf(property, 'VALUE')?.toUpperCase() ?? '';
  const values = property.value.trim().split(',');
  const areDates = values.every((value) => /^\d{8}$/.test(value));
  if (type === 'DATE-TIME' && areDates) {
    const others = property.parameters.filter(({ name }) => name !== 'VALUE' && name !== 'TZID');
    return withParameters(property, [...others, { name: 'VALUE', values: ['DATE'] }]);
  }
  if (type !== 'DATE' || areDates) return property;
  const days = values.map((value) => /^(\d{8})(?:T000000Z?)?$/.exec(value)?.[1]);
  if (days.every((day) => day !== undefined)) return withValue(property, days.join(','));
  return keepParameters(property, ({ name }) => name !== 'VALUE');
}
