import type { Profile, ReminderMemory, RuleChange } from '@almanac/contracts';
import type { ShapedContent } from '@almanac/domain-collection';
import { isCalendarFault, octetLength, readCalendarObject } from '@almanac/icalendar';
import { expect } from 'vitest';
import type { RuleId } from '../profile-rule.js';
import { ruleIds } from '../profile-rules.js';
import { shapeObject } from '../shape-object.js';

export interface Circumstances {
  readonly profile?: Profile;
  readonly rulesOff?: readonly string[];
  readonly memory?: ReminderMemory | null;
}

export interface ShapedLines {
  /** What stands between the VERSION and the end of the VCALENDAR. */
  readonly lines: readonly string[];
  readonly changes: readonly RuleChange[];
  readonly memory: ReminderMemory | null;
  readonly isSame: boolean;
}

export const event = (...lines: readonly string[]): readonly string[] => component('VEVENT', lines);
export const task = (...lines: readonly string[]): readonly string[] => component('VTODO', lines);
export const alarm = (...lines: readonly string[]): readonly string[] => [
  'BEGIN:VALARM',
  ...(lines.some((line) => line.startsWith('ACTION')) ? [] : ['ACTION:DISPLAY']),
  ...lines,
  'END:VALARM',
];

function component(name: string, lines: readonly string[]): readonly string[] {
  return [`BEGIN:${name}`, 'UID:u', ...lines, `END:${name}`];
}

/** All rows but these are switched off. */
export const only = (...rows: readonly RuleId[]): readonly string[] => ruleIds.filter((id) => !rows.includes(id));

export function contentOf(text: string): { text: string; facts: ShapedContent['facts']; size: number } {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(`${object.reason} (line ${object.line})\n${text}`);
  return { text, facts: object.facts, size: octetLength(text) };
}

/** Shapes a calendar, and expects of every case what holds for all rules. */
export function shapeLines(lines: readonly string[], circumstances: Circumstances = {}): ShapedLines {
  const { profile = 'groupware', rulesOff = [], memory = null } = circumstances;
  const sent = contentOf(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
  const shaped = shapeObject({ profile, rulesOff }, sent, memory);
  expectSound(shaped, sent.text, { profile, rulesOff });
  return {
    lines: shaped.text.replaceAll('\r\n ', '').trimEnd().split('\r\n').slice(2, -1),
    changes: shaped.changes,
    memory: shaped.memory,
    isSame: shaped.text === sent.text,
  };
}

/** It reads again with the facts that it came with, a second run finds nothing more, and what is altered is told. */
export function expectSound(
  shaped: ShapedContent,
  sent: string,
  settings: { readonly profile: Profile; readonly rulesOff: readonly string[] },
): void {
  expect({ text: shaped.text, facts: shaped.facts, size: shaped.size }).toEqual(contentOf(shaped.text));
  const again = shapeObject(settings, shaped, shaped.memory);
  expect(again.text).toBe(shaped.text);
  expect(again.memory).toEqual(shaped.memory);
  expect(again.changes).toEqual([]);
  expect(shaped.changes.length > 0).toBe(shaped.text !== sent);
}
