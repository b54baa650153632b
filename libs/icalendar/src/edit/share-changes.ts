import { type CalendarItem, readCalendarItem } from '../calendar-item.js';
import { type CalendarTree, isOverride, rewriteParts } from '../calendar-tree.js';
import type { Component } from '../component-tree.js';
import { changeComponent, type ChangedTimes, type ReadChanges } from './change-component.js';
import { contentOf, type ObjectContent } from './object-details.js';
import { type ChangedPeople, peopleOf } from './people.js';
import { mayRemind } from './reminders.js';
import { withTimes } from './with-times.js';

interface SharingSeries extends CalendarTree {
  /** The series' own component before the changes. */
  readonly master: Component;
  /** Where an override goes with the series. */
  readonly timesOf: (item: CalendarItem) => ChangedTimes;
}

/**
 * The overrides with what was changed of all occurrences: each keeps what had been changed on purpose for it alone, which is
 * what differs from the series before. The rule is none of theirs.
 * @param now UTC seconds
 */
export const shareChanges = (
  { root, zones, master, timesOf }: SharingSeries,
  changes: ReadChanges,
  now: number,
): Component =>
  rewriteParts(root, (part) => {
    if (!isOverride(part)) return part;
    const shared = sharedChanges(part, master, changes);
    const item = readCalendarItem(part, zones);
    const timed = withTimes(part, item, timesOf(item));
    return timed === part && Object.keys(shared).length === 0 ? part : changeComponent(timed, shared, now, part);
  });

function sharedChanges(part: Component, master: Component, changes: ReadChanges): ReadChanges {
  const { start: _start, end: _end, rule: _rule, people, ...content } = changes;
  const [own, before] = [contentOf(part), contentOf(master)];
  const isShared = (name: keyof ObjectContent): boolean => {
    if (content[name] === undefined || isSame(own[name], content[name])) return false;
    if (name === 'reminders' && !mayRemind(part)) return false;
    // One private occurrence masks the series for others (row V4).
    return name === 'isPrivate' || saidTogether(name).every((each) => isSame(own[each], before[each]));
  };
  const shared = Object.entries(content).filter(([name]) => isShared(name as keyof ObjectContent));
  const invites = people !== undefined && isInvitedAlike(part, master, people);
  return { ...Object.fromEntries(shared), ...(invites ? { people } : {}) };
}

const PROGRESS = ['status', 'percent'] as const;

/** How far a task is, is told in two fields (row T5): half of it is none of another occurrence. */
const saidTogether = (name: keyof ObjectContent): readonly (keyof ObjectContent)[] =>
  PROGRESS.some((each) => each === name) ? PROGRESS : [name];

/** To whom it is sent, whatever each of them answered to it. */
function isInvitedAlike(part: Component, master: Component, { attendees }: ChangedPeople): boolean {
  const invited = addressesOf(peopleOf(part).attendees);
  return isSame(invited, addressesOf(peopleOf(master).attendees)) && !isSame(invited, addressesOf(attendees));
}

const addressesOf = (people: ChangedPeople['attendees']): readonly string[] =>
  people.map(({ address }) => address.toLowerCase());

type Value = ObjectContent[keyof ObjectContent] | undefined;

const isSame = (one: Value, other: Value): boolean => said(one) === said(other);

/** Lists say the same in any order. */
const said = (value: Value): string | undefined =>
  JSON.stringify(Array.isArray(value) ? [...new Set(value.map(String))].toSorted() : value);
