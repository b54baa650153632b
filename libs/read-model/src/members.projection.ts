import type { Commit, DomainEvent, MemberPut, MemberReshaped } from '@almanac/contracts';
import { isCalendarFault, occurrencesWithin, readCalendarObject } from '@almanac/icalendar';
import type { MemberPutChange, ReadModelChange } from '@almanac/ports';

const day = 86_400;
/** Instances are kept from half a year before the write to one and a half after; beyond, readers compute them. */
const horizon = { before: 183 * day, after: 548 * day };

/** Read model `members`, with tombstones. */
export function membersProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  const { stream, version } = commit;
  switch (event.type) {
    case 'CollectionCreated':
    case 'CollectionDeleted':
      return [{ kind: 'members-dropped', stream, version }];
    case 'MemberPut':
    case 'MemberReshaped':
      return [put(event, commit)];
    case 'EpochRenewed':
      return [{ kind: 'members-renewed', stream, version, epoch: event.epoch }];
    case 'MemberDeleted':
      return [{ kind: 'member-gone', stream, version, name: event.name }];
    case 'MemberPropertiesChanged':
      return [{ kind: 'member-properties', stream, version, name: event.name, set: event.set, removed: event.removed }];
    default:
      return [];
  }
}

const utf8 = new TextEncoder();

function put(event: MemberPut | MemberReshaped, { stream, version, at, actor, outcome }: Commit): MemberPutChange {
  return {
    kind: 'member-put',
    stream,
    version,
    at,
    name: event.name,
    epoch: outcome.epoch ?? '',
    by: actor,
    data: utf8.encode(event.stored),
    facts: event.facts,
    occurrences: occurrencesOf(event, Math.floor(at / 1000)),
    memory: event.memory ?? null,
    ...('properties' in event && event.properties !== undefined ? { properties: event.properties } : {}),
    ...('createdBy' in event && event.createdBy !== undefined ? { createdBy: event.createdBy } : {}),
  };
}

/** From the commit's time alone, so that a rebuild gives the same (O1). */
function occurrencesOf(
  { facts, stored }: Pick<MemberPut, 'facts' | 'stored'>,
  at: number,
): MemberPutChange['occurrences'] {
  if (facts.component !== 'VEVENT' || facts.clock === 'mixed' || !facts.recurring) return null;
  const object = readCalendarObject(stored);
  if (isCalendarFault(object)) return null;
  return occurrencesWithin(object, at - horizon.before, at + horizon.after);
}
