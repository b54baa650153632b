import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type Component, readComponentTree } from './component-tree.js';
import { writeComponent } from './write-component.js';

type Names = readonly [string, readonly string[], readonly Names[]];
const namesOf = ({ name, properties, components }: Component): Names => [
  name,
  properties.map((property) => property.name),
  components.map(namesOf),
];
const namesOfJcal = ([name, properties, components]: [string, [string][], never[]]): Names => [
  name.toUpperCase(),
  properties.map(([property]) => property.toUpperCase()),
  components.map(namesOfJcal),
];

const property = fc
  .tuple(fc.constantFrom('SUMMARY', 'DESCRIPTION', 'X-A', 'ATTENDEE;CN="a;b:c"'), fc.string({ maxLength: 90 }))
  .map(([name, value]) => `${name}:${value.replace(/\p{C}/gu, '')}`);
const component = fc.array(property, { maxLength: 5 }).map((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']);
const calendars = fc
  .array(component, { maxLength: 3 })
  .map((parts) => ['BEGIN:VCALENDAR', ...parts.flat(), 'END:VCALENDAR'].join('\r\n'));

test('ical.js finds the same components and properties, as sent and as written again', () => {
  fc.assert(
    fc.property(calendars, (text) => {
      const tree = readComponentTree(text);
      const written = writeComponent(tree);
      expect(namesOf(tree)).toEqual(namesOfJcal(ICAL.parse(text) as never));
      expect(namesOf(tree)).toEqual(namesOfJcal(ICAL.parse(written) as never));
      expect(
        readComponentTree(written).components.map(({ properties }) => properties.map(({ value }) => value)),
      ).toEqual(tree.components.map(({ properties }) => properties.map(({ value }) => value)));
    }),
    { numRuns: 200 },
  );
});
