import {
  accept,
  type CollectionEvent,
  type Command,
  type Decision,
  type GrantShare,
  homeOf,
  reject,
  type RevokeShare,
} from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { collectionMissing } from '../rejections.js';

/** Shares a collection, or changes at which right (S1). */
export function grantShare(
  state: CollectionState,
  { stream, body }: Pick<Command<GrantShare>, 'stream' | 'body'>,
): Decision<CollectionEvent> {
  const { kind, id, right } = body;
  if (state.collection === null) return reject(collectionMissing);
  if (kind === 'user' && homeOf(stream).endsWith(`/${id}`)) {
    return reject({ code: 'invalid', detail: 'The owner of a calendar has all rights already.' });
  }
  const before = state.collection.shares.find((share) => share.id === id);
  if (before?.right === right && before.kind === kind) return accept([]);
  return accept([{ type: 'ShareGranted', schema: 1, kind, id, right }], { epoch: state.collection.epoch });
}

/** Takes a share back; one that is not there is no fault. */
export function revokeShare(state: CollectionState, { id }: RevokeShare): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  if (!state.collection.shares.some((share) => share.id === id)) return accept([]);
  return accept([{ type: 'ShareRevoked', schema: 1, id }], { epoch: state.collection.epoch });
}
