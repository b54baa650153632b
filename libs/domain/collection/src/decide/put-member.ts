import {
  accept,
  type CollectionEvent,
  type Command,
  type Decision,
  type MemberPut,
  type PutMember,
  reject,
} from '@almanac/contracts';
import type { CollectionState, LiveCollection, LiveMember } from '../collection-state.js';
import { attachmentsChanged, managedIdsOf } from '../attachments-changed.js';
import { failedCondition } from '../member-condition.js';
import { collectionMissing, uidConflict, unsupportedComponent } from '../rejections.js';
import type { ShapeObject } from '../shape-object.js';

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
  return put(collection, command, { member, shape });
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

function put(
  collection: LiveCollection,
  command: PutMember,
  { member, shape }: { member: LiveMember | undefined; shape: ShapeObject },
): Decision<CollectionEvent> {
  const { name, text, facts, size, received = text, attachments, properties, move } = command;
  const sent = { text, facts, size };
  const stored = shape(collection.profile, sent);
  const managedIds = managedIdsOf(facts, stored.facts);
  const altered = stored.text !== received;
  const event: MemberPut = {
    type: 'MemberPut',
    schema: 1,
    name,
    stored: stored.text,
    ...(altered ? { received } : {}),
    ...(attachments === undefined ? {} : { attachments }),
    facts: managedIds.length === 0 ? stored.facts : { ...stored.facts, managedIds },
    size: stored.size,
    replacedSize: member?.size ?? null,
    ...(properties === undefined ? {} : { properties }),
  };
  const outcome = { epoch: collection.epoch, created: member === undefined, altered };
  const events: CollectionEvent[] = [event, ...attachmentsChanged(name, managedIds, member)];
  if (move === undefined) return accept(events, outcome);
  const target = { name, owner: collection.owner };
  return accept([...events, { type: 'MoveStarted', schema: 1, ...move, target }], outcome);
}
