import {
  accept,
  type CollectionEvent,
  type Command,
  type Decision,
  type MemberPut,
  type ProfileSettings,
  type PutMember,
  reject,
} from '@almanac/contracts';
import type { CollectionState, LiveCollection, LiveMember } from '../collection-state.js';
import { attachmentsChanged, managedIdsOf } from '../attachments-changed.js';
import { failedCondition } from '../member-condition.js';
import { collectionMissing, uidConflict, unsupportedComponent } from '../rejections.js';
import type { ShapedContent, ShapeObject } from '../shape-object.js';
import { lackOfRoom } from './lack-of-room.js';
import type { CalendarObjectFacts } from '@almanac/icalendar';
import { keptOf, originOf } from '../copied-content.js';

/** PUT, and the target's side of COPY and MOVE (RFC 4791 5.3.2). */
export function putMember(
  state: CollectionState,
  { stream, body: command }: Command<PutMember>,
  shape: ShapeObject,
): Decision<CollectionEvent> {
  const { collection } = state;
  if (collection === null) return reject(collectionMissing);
  const member = state.members.get(command.name);
  const failed = failedCondition(command.condition, member, collection.epoch);
  if (failed !== null) return reject(failed);
  if (!collection.components.includes(command.facts.component)) {
    return reject(unsupportedComponent(command.facts.component, collection.components));
  }
  const holder = conflictingName(state, command, renamedFrom(stream, command));
  if (holder !== null) return reject(uidConflict(command.facts.uid, holder));
  const origin = originOf(state, command);
  const content = { ...command, ...origin?.content, ...keptOf(origin) };
  const stored = origin?.stored ?? shape(settingsOf(collection, content.without), content, member?.memory ?? null);
  const lack = lackOfRoom(state, { stream, body: command }, stored.size);
  if (lack !== null) return reject(lack);
  return put(collection, content, { member, stored });
}

/** The name that a MOVE within this collection takes the member from; it still holds the UID. */
const renamedFrom = (stream: string, { move }: PutMember): string | undefined =>
  move?.source.stream === stream ? move.source.name : undefined;

function conflictingName(state: CollectionState, command: PutMember, leaving: string | undefined): string | null {
  const { uid } = command.facts;
  const member = state.members.get(command.name);
  if (member !== undefined && member.uid !== uid) return command.name;
  const holder = state.nameByUid.get(uid);
  return holder === undefined || holder === command.name || holder === leaving ? null : holder;
}

/** What the rules are told of a collection. */
export const settingsOf = (
  { profile, rulesOff }: LiveCollection,
  without: readonly string[] = [],
): ProfileSettings => ({ profile, rulesOff: without.length === 0 ? rulesOff : [...rulesOff, ...without] });

/** What was put, before the rules. */
export interface Unshaped {
  /** With its faults mended, and its attachments in the server's words. */
  readonly text: string;
  /** As it came in. */
  readonly received: string;
  readonly facts: CalendarObjectFacts;
}

/** What an event says of shaped content, where there is something to say. */
export function shapedFields(stored: ShapedContent, { text, received, facts }: Unshaped) {
  const managedIds = managedIdsOf(facts, stored.facts);
  return {
    ...(stored.text === received ? {} : { received }),
    ...(text === received ? {} : { unshaped: text === stored.text ? null : text }),
    facts: managedIds.length === 0 ? stored.facts : { ...stored.facts, managedIds },
    size: stored.size,
    ...(stored.changes.length === 0 ? {} : { changes: stored.changes }),
    ...(stored.memory === null ? {} : { memory: stored.memory }),
  };
}

function put(
  collection: LiveCollection,
  command: PutMember,
  { member, stored }: { member: LiveMember | undefined; stored: ShapedContent },
): Decision<CollectionEvent> {
  const { name, text, received = text, without, attachments, properties, createdBy, move } = command;
  const event: MemberPut = {
    type: 'MemberPut',
    schema: 1,
    name,
    stored: stored.text,
    ...shapedFields(stored, { text, received, facts: command.facts }),
    ...(without === undefined ? {} : { without }),
    ...(attachments === undefined ? {} : { attachments }),
    replacedSize: member?.size ?? null,
    ...(properties === undefined ? {} : { properties }),
    ...(createdBy === undefined ? {} : { createdBy }),
  };
  const outcome = { epoch: collection.epoch, created: member === undefined, altered: stored.text !== received };
  const events = [event, ...attachmentsChanged(name, event.facts.managedIds ?? [], member)];
  if (move === undefined) return accept<CollectionEvent>(events, outcome);
  const target = { name, owner: collection.owner };
  return accept([...events, { type: 'MoveStarted', schema: 1, ...move, target }], outcome);
}
