import { faultOf, isCalendarFault } from '../calendar-fault.js';
import { keepComponents, rewriteParts } from '../calendar-tree.js';
import { checkComponent } from '../check-component.js';
import type { Component } from '../component-tree.js';
import type { TreeRepair } from './repair.js';

/** RFC 5545 3.6.6: a reminder without ACTION or TRIGGER cannot remind, and is no reason to lose the appointment. */
export const dropBrokenAlarms: TreeRepair = {
  said: 'Reminders that say neither when nor how were removed.',
  mend: ({ root }) => rewriteParts(root, (part) => keepComponents(part, (inner) => !isBroken(inner))),
};

function isBroken(component: Component): boolean {
  return component.name === 'VALARM' && isCalendarFault(faultOf(() => checkComponent(component)));
}
