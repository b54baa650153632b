import type { MemberAttachmentsChanged } from '@almanac/contracts';
import type { CalendarObjectFacts } from '@almanac/icalendar';
import type { LiveMember } from './collection-state.js';

/** What the data as received refers to stays referred to, even where the profile's rules dropped it from what is stored. */
export const managedIdsOf = (...all: readonly CalendarObjectFacts[]): readonly string[] => [
  ...new Set(all.flatMap(({ managedIds = [] }) => managedIds)),
];

/** Said of members that refer to attachments now, or did before. */
export function attachmentsChanged(
  name: string,
  managedIds: readonly string[],
  before: LiveMember | undefined,
): readonly MemberAttachmentsChanged[] {
  if (managedIds.length === 0 && before?.attached !== true) return [];
  return [{ type: 'MemberAttachmentsChanged', schema: 1, name, managedIds }];
}
