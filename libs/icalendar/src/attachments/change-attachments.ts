import type { CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import { type Component, propertiesOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import type { Instance } from '../instances.js';
import { newProperty } from '../new-property.js';
import { writeComponent } from '../write-component.js';
import { attachLine, type ManagedAttachment } from './attach-line.js';
import { type AttachmentFault, isAttachmentFault, wrongManagedId } from './attachment-fault.js';
import { editProperties, lineBreakOf, type PropertyEdit } from './edit-properties.js';
import { managedIdOf } from './managed-ids.js';
import { newOverride } from './new-override.js';
import { targetsOf } from './target-instances.js';

/** A calendar object, and the text that it was read from. */
export interface ReadObject {
  readonly object: CalendarObject;
  readonly text: string;
}

type Changed = string | AttachmentFault;

/** RFC 8607 3.4: the attachment is added to all instances, or to those that `rid` names. */
export function addAttachment(
  { object, text }: ReadObject,
  rid: string | null,
  attachment: ManagedAttachment,
): Changed {
  const targets = targetsOf(object, rid);
  if (isAttachmentFault(targets)) return targets;
  const line = attachLine(attachment);
  const added = new Map(targets.items.map(({ component }) => [lastLine(component), { keep: true, lines: [line] }]));
  const overrides = targets.instances.map((instance) =>
    newOverride(instance, [...attachmentsOf(instance), attachProperty(line)]),
  );
  return withComponents(editProperties(text, added), overrides);
}

/** RFC 8607 3.5: wherever the object refers to the attachment, it refers to the other one. */
export function replaceAttachment(
  { object, text }: ReadObject,
  managedId: string,
  attachment: ManagedAttachment,
): Changed {
  const found = properties(itemsOf(object), managedId);
  if (found.length === 0) return notThere(managedId);
  const edits = found.map((property): [number, PropertyEdit] => [
    property.line,
    { keep: false, lines: [attachLine(attachment, property.parameters)] },
  ]);
  return editProperties(text, new Map(edits));
}

/** RFC 8607 3.6: all instances, or those that `rid` names, refer to the attachment no longer. */
export function removeAttachment({ object, text }: ReadObject, rid: string | null, managedId: string): Changed {
  const targets = targetsOf(object, rid);
  if (isAttachmentFault(targets)) return targets;
  const components = targets.items.map(({ component }) => component);
  const found = properties(components, managedId);
  const inherited = targets.instances.filter((instance) =>
    attachmentsOf(instance).some((property) => managedIdOf(property) === managedId),
  );
  const named = rid === null ? found.length > 0 : hasAll(components, managedId);
  if (!named || inherited.length < targets.instances.length) return notThere(managedId);
  const edits = found.map(({ line }): [number, PropertyEdit] => [line, { keep: false, lines: [] }]);
  const overrides = inherited.map((instance) =>
    newOverride(
      instance,
      attachmentsOf(instance).filter((property) => managedIdOf(property) !== managedId),
    ),
  );
  return withComponents(editProperties(text, new Map(edits)), overrides);
}

const notThere = (managedId: string): AttachmentFault =>
  wrongManagedId(`The object, or the instance that rid names, has no attachment "${managedId.slice(0, 60)}".`);

const itemsOf = ({ series: { master, overrides } }: CalendarObject): readonly Component[] =>
  (master === null ? overrides : [master, ...overrides]).map(({ component }: CalendarItem) => component);

const properties = (components: readonly Component[], managedId: string): readonly ContentLine[] =>
  components.flatMap((component) => component.properties.filter((property) => managedIdOf(property) === managedId));

const hasAll = (components: readonly Component[], managedId: string): boolean =>
  components.every((component) => properties([component], managedId).length > 0);

const attachmentsOf = ({ item }: Instance): readonly ContentLine[] => propertiesOf(item.component, 'ATTACH');

const attachProperty = (text: string): ContentLine => ({ ...newProperty('ATTACH', ''), text });

/** Of the last property; one of a component within may come after it. */
const lastLine = ({ properties: own, line }: Component): number => own.at(-1)?.line ?? line;

/** More components at the end of the calendar. */
function withComponents(text: string, components: readonly Component[]): string {
  if (components.length === 0) return text;
  const written = components.map(writeComponent).join('').replaceAll('\r\n', lineBreakOf(text));
  const end = text.search(/END:VCALENDAR\s*$/i);
  if (end < 0) throw new Error('the calendar does not end as usual');
  return text.slice(0, end) + written + text.slice(end);
}
