import { isCalendarFault } from './calendar-fault.js';
import { keepProperties, objectParts, putProperty, readCalendarTree, rewriteParts } from './calendar-tree.js';
import { type Component, propertyOf } from './component-tree.js';
import { newProperty } from './new-property.js';
import { accessProperty } from './privacy.js';
import { writeComponent } from './write-component.js';

/** Row V4, for Apple's programs: X-CALENDARSERVER-ACCESS of the strictest CLASS; the same text where it is there or all is public. */
export function withAccessOfClass(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree) || accessOf(tree.root) !== undefined) return text;
  const access = accessOfClasses(tree.root);
  if (access === undefined) return text;
  return writeComponent(putProperty(tree.root, newProperty(accessProperty, access)));
}

/**
 * The way back: CLASS as an Apple program's X-CALENDARSERVER-ACCESS says, which goes where CLASS tells as much. Otherwise
 * it would stand against the CLASS that another program sets later.
 */
export function withClassOfAccess(text: string): string {
  const tree = readCalendarTree(text);
  const access = isCalendarFault(tree) ? undefined : accessOf(tree.root);
  if (isCalendarFault(tree) || access === undefined) return text;
  const told = keepProperties(
    rewriteParts(tree.root, (part) => withClass(part, access)),
    ({ name }) => name !== accessProperty,
  );
  return access === 'PUBLIC' || accessOfClasses(told) === access ? writeComponent(told) : text;
}

/** Apple's programs leave a CLASS that they were given as it is, also where they make public what was not. */
function withClass(part: Component, access: string): Component {
  const value = classOf(part);
  const isSame = access === 'PUBLIC' ? value === '' || value === 'PUBLIC' : value !== '';
  return isSame ? part : putProperty(part, newProperty('CLASS', access));
}

const accessOf = (root: Component): string | undefined => propertyOf(root, accessProperty)?.value.trim().toUpperCase();

const classOf = (part: Component): string => propertyOf(part, 'CLASS')?.value.trim().toUpperCase() ?? '';

/** The strictest; undefined where all is public. */
function accessOfClasses(root: Component): string | undefined {
  const hidden = objectParts(root)
    .map(classOf)
    .filter((value) => value !== '' && value !== 'PUBLIC');
  if (hidden.length === 0) return undefined;
  return hidden.every((value) => value === 'CONFIDENTIAL') ? 'CONFIDENTIAL' : 'PRIVATE';
}
