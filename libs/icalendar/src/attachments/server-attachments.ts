import type { CalendarObject } from '../calendar-object.js';
import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { attachLine, isSameAttachment, type ManagedAttachment } from './attach-line.js';
import { editProperties, type PropertyEdit } from './edit-properties.js';
import { managedIdOf } from './managed-ids.js';

/** An ATTACH property that a client sent, which the server has a word on. */
export interface SentAttachment {
  readonly property: ContentLine;
  /** From MANAGED-ID, or from the URL where a client has lost the parameters. */
  readonly managedId: string;
  /** False: it was found by its URL, and may be another server's. */
  readonly named: boolean;
}

/** @param idIn the managed id in a URL that looks like one of the server's; undefined for all others */
export function sentAttachments(
  { root }: CalendarObject,
  idIn: (url: string) => string | undefined,
): readonly SentAttachment[] {
  const sent = ({ properties, components }: Component): readonly SentAttachment[] => [
    ...properties.flatMap((property) => {
      if (property.name !== 'ATTACH') return [];
      const named = managedIdOf(property);
      const managedId = named ?? idIn(property.value);
      return managedId === undefined ? [] : [{ property, managedId, named: named !== undefined }];
    }),
    ...components.flatMap(sent),
  ];
  return sent(root);
}

/** The text with what the server itself says of its attachments (RFC 8607 3.7); the same text when all of it is right. */
export function withServerAttachments(
  text: string,
  sent: readonly SentAttachment[],
  known: ReadonlyMap<string, ManagedAttachment>,
): string {
  const edits = sent.flatMap(({ property, managedId }): [number, PropertyEdit][] => {
    const attachment = known.get(managedId);
    if (attachment === undefined || isSameAttachment(property, attachment)) return [];
    return [[property.line, { keep: false, lines: [attachLine(attachment, property.parameters)] }]];
  });
  return editProperties(text, new Map(edits));
}
