import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import type { TimeRange } from './filter.js';
import { readPeriod } from './period.js';

/** The components with only those FREEBUSY periods that overlap the range (RFC 4791 9.6.7). */
export function limitedFreeBusy(components: readonly Component[], range: Required<TimeRange>): readonly Component[] {
  return components.map((component) =>
    component.name !== 'VFREEBUSY'
      ? component
      : { ...component, properties: component.properties.flatMap((property) => limitedProperty(property, range)) },
  );
}

function limitedProperty(property: ContentLine, range: Required<TimeRange>): readonly ContentLine[] {
  if (property.name !== 'FREEBUSY') return [property];
  const kept = property.value.split(',').filter((item) => {
    const { start, end } = readPeriod(item, property.line);
    return start < range.end && end > range.start;
  });
  if (kept.length === 0) return [];
  const value = kept.join(',');
  const head = property.text.slice(0, property.text.length - property.value.length);
  return [{ ...property, value, text: head + value }];
}
