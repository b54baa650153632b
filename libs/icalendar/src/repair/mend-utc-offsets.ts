import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { withValue } from '../write-property.js';
import type { TreeRepair } from './repair.js';

/**
 * RFC 5545 3.3.14. Seen: `+5730` for the 57 minutes and 30 seconds of a local mean time, `+01:00`, `0100`, `+01`. No
 * clock is eighteen hours off, so that such "hours" are minutes.
 */
export const mendUtcOffsets: TreeRepair = {
  said: 'Offsets of a time zone were written as +hhmm.',
  mend: ({ root }) => {
    const components = root.components.map((each) => (each.name === 'VTIMEZONE' ? mendTimezone(each) : each));
    return components.every((each, at) => each === root.components[at]) ? root : { ...root, components };
  },
};

function mendTimezone(timezone: Component): Component {
  const components = timezone.components.map((observance) => {
    const properties = observance.properties.map(mendOffset);
    return properties.every((each, at) => each === observance.properties[at])
      ? observance
      : { ...observance, properties };
  });
  return components.every((each, at) => each === timezone.components[at]) ? timezone : { ...timezone, components };
}

function mendOffset(property: ContentLine): ContentLine {
  if (property.name !== 'TZOFFSETFROM' && property.name !== 'TZOFFSETTO') return property;
  const found = /^([+-]?)(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/.exec(property.value.trim());
  if (found === null) return property;
  const [, sign, first = '', second = '00', third] = found;
  const isShort = Number(first) >= 18 && third === undefined;
  const value = `${sign === '-' ? '-' : '+'}${isShort ? '00' : ''}${first}${second}${third ?? ''}`;
  return value === property.value.trim() ? property : withValue(property, value);
}
