import { isCalendarFault } from './calendar-fault.js';
import { objectParts, putProperty, readCalendarTree } from './calendar-tree.js';
import { propertyOf } from './component-tree.js';
import { newProperty } from './new-property.js';
import { accessProperty } from './privacy.js';
import { writeComponent } from './write-component.js';

/** Row V4, for Apple's programs: X-CALENDARSERVER-ACCESS of the strictest CLASS; the same text where it is there or all is public. */
export function withAccessOfClass(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree) || propertyOf(tree.root, accessProperty) !== undefined) return text;
  const found = objectParts(tree.root).map((part) => propertyOf(part, 'CLASS')?.value.trim().toUpperCase() ?? '');
  const hidden = found.filter((value) => value !== '' && value !== 'PUBLIC');
  if (hidden.length === 0) return text;
  const access = hidden.every((value) => value === 'CONFIDENTIAL') ? 'CONFIDENTIAL' : 'PRIVATE';
  return writeComponent(putProperty(tree.root, newProperty(accessProperty, access)));
}
