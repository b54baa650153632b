import { type MemberListing, type MemberRecord, type MemberTimes, streamName } from '@almanac/contracts';
import {
  type CalendarObject,
  type CompFilter,
  type FilterBounds,
  filterBounds,
  indexedMatch,
  isCalendarFault,
  loneOccurrence,
  matches,
  readCalendarObject,
  type Zone,
} from '@almanac/icalendar';
import { recordsOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { takeTurns } from '../take-turns.js';
import type { CollectionResource } from '../resources/resource.js';
import { textOf } from '../resources/view.js';

type Candidate = Pick<MemberListing, 'name' | 'version'>;

const pageSize = 200;

/**
 * The members that a filter matches (RFC 4791 9.7). What the index can answer is not read, and what only a parse
 * can tell is parsed (design 3).
 */
export async function findMembers(
  context: RequestContext,
  folder: CollectionResource,
  { filter, observer }: { filter: CompFilter; observer: Zone },
): Promise<readonly Candidate[]> {
  const bounds = filterBounds(filter);
  if (bounds.component !== null && !folder.collection.components.includes(bounds.component)) return [];
  // What an index knows is of what is stored, and may be more than the viewer is shown (V4).
  const exact = bounds.exact && !folder.view.alters;
  const { sure, unsure } = await candidates(context, folder, { bounds: { ...bounds, exact }, observer });
  const found = await parsedMatches(context, folder, { names: unsure, filter, observer });
  return [...sure, ...found];
}

async function candidates(
  { ports }: RequestContext,
  { collection }: CollectionResource,
  { bounds, observer }: { bounds: FilterBounds; observer: Zone },
): Promise<{ sure: readonly Candidate[]; unsure: readonly string[] }> {
  const stream = streamName(collection.stream);
  if (bounds.component === null) {
    const all = await ports.members.list(stream);
    return bounds.exact ? { sure: all, unsure: [] } : { sure: [], unsure: all.map(({ name }) => name) };
  }
  const times = await ports.members.times(stream, { component: bounds.component, ...bounds.range });
  const sure: Candidate[] = [];
  const unsure: string[] = [];
  for (const candidate of times) {
    const verdict = bounds.exact ? verdictOf(candidate, bounds, observer) : 'unknown';
    if (verdict === 'yes') sure.push(candidate);
    if (verdict === 'unknown') unsure.push(candidate.name);
  }
  return { sure, unsure };
}

function verdictOf(
  { facts, occurrences }: MemberTimes,
  { range }: FilterBounds,
  observer: Zone,
): 'yes' | 'no' | 'unknown' {
  return range === null ? 'yes' : indexedMatch(facts, occurrences ?? loneOccurrence(facts), range, observer);
}

async function parsedMatches(
  context: RequestContext,
  folder: CollectionResource,
  { names, filter, observer }: { names: readonly string[]; filter: CompFilter; observer: Zone },
): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (let start = 0; start < names.length; start += pageSize) {
    for (const record of await recordsOf(context, folder, names.slice(start, start + pageSize))) {
      const object = objectOf(folder.view.show(record));
      if (object !== null && matches(object, filter, observer)) found.push(record);
      await takeTurns();
    }
  }
  return found;
}

/** Null for data that was let in by an older version and cannot be read any more: it matches nothing. */
export function objectOf(record: MemberRecord): CalendarObject | null {
  const object = readCalendarObject(textOf(record));
  return isCalendarFault(object) ? null : object;
}
