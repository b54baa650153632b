import { isCalendarFault } from './calendar-fault.js';
import {
  type CalendarTree,
  isOverride,
  keepProperties,
  objectParts,
  readCalendarTree,
  rewriteParts,
} from './calendar-tree.js';
import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { recurrenceKey } from './recurrence-key.js';
import { writeComponent } from './write-component.js';

/** Row A3: the object as macOS Calendar bears it, with attachments of the series only; the same text where it is so. */
export function withoutOverrideAttachments(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) return text;
  const root = rewriteParts(tree.root, (part) => (isOverride(part) ? withoutAttachments(part) : part));
  return root === tree.root ? text : writeComponent(root);
}

/**
 * Row A3: what a program that was shown no attachments of the exceptions sends, with those that are stored. Exceptions
 * that it made itself have none of their own; where nothing is stored, what was sent stays.
 */
export function keepingOverrideAttachments(sent: string, stored: string | null): string {
  const tree = readCalendarTree(sent);
  const before = stored === null ? null : readCalendarTree(stored);
  if (before === null || isCalendarFault(tree) || isCalendarFault(before)) return sent;
  const kept = attachmentsByOverride(before);
  const root = rewriteParts(tree.root, (part) =>
    isOverride(part) ? withAttachments(part, kept.get(recurrenceKey(part, tree)) ?? []) : part,
  );
  return root === tree.root ? sent : writeComponent(root);
}

const isAttachment = ({ name }: ContentLine): boolean => name === 'ATTACH';

function attachmentsByOverride(tree: CalendarTree): ReadonlyMap<string | null, readonly ContentLine[]> {
  const overrides = objectParts(tree.root).filter(isOverride);
  return new Map(overrides.map((part) => [recurrenceKey(part, tree), part.properties.filter(isAttachment)]));
}

function withoutAttachments(part: Component): Component {
  return keepProperties(part, (property) => !isAttachment(property));
}

function withAttachments(part: Component, attachments: readonly ContentLine[]): Component {
  const sent = part.properties.filter(isAttachment);
  if (sent.length === attachments.length && sent.every(({ text }, at) => text === attachments[at]?.text)) return part;
  const bare = withoutAttachments(part);
  return { ...bare, properties: [...bare.properties, ...attachments] };
}
