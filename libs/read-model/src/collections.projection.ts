import { type CollectionCreated, type Commit, type DomainEvent, collectionAddress } from '@almanac/contracts';
import type { CollectionAdvancedChange, CollectionMadeChange, ReadModelChange } from '@almanac/ports';

/**
 * Read model `collections`. It comes after the members in a commit's changes: a reader that sees the version
 * sees the members, too (design 3).
 */
export function collectionsProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'CollectionCreated':
      return [made(event, commit)];
    case 'CollectionDeleted':
      return [{ kind: 'collection-dropped', stream: commit.stream, version: commit.version }];
    case 'CollectionPropertiesChanged':
      return [advanced(commit, { set: event.set, removed: event.removed })];
    case 'EpochRenewed':
      return [advanced(commit, { epoch: event.epoch })];
    case 'ProfileChanged':
      return [advanced(commit, { settings: { profile: event.profile, rulesOff: event.rulesOff } })];
    case 'MemberPut':
    case 'MemberReshaped':
      return [
        advanced(commit, {
          members: event.replacedSize === null ? 1 : 0,
          size: event.size - (event.replacedSize ?? 0),
        }),
      ];
    case 'MemberDeleted':
      return [advanced(commit, { members: -1, size: -event.replacedSize })];
    case 'ShareGranted': {
      const { kind, id, right } = event;
      return [advanced(commit, { shared: { kind, id, right } })];
    }
    case 'ShareRevoked':
      return [advanced(commit, { unshared: event.id })];
    case 'TrashPurged':
    case 'MemberPropertiesChanged':
      return [advanced(commit, {})];
    default:
      return [];
  }
}

function advanced(commit: Commit, changes: Partial<CollectionAdvancedChange>): CollectionAdvancedChange {
  const { stream, version, at } = commit;
  return { kind: 'collection-advanced', stream, version, at, members: 0, size: 0, ...changes };
}

function made(event: CollectionCreated, commit: Commit): CollectionMadeChange {
  const { stream, version, at } = commit;
  const address = collectionAddress(stream);
  if (address === null) throw new Error(`${stream} is not a collection's stream`);
  const { owner, epoch, components, role, profile, rulesOff = [], properties } = event;
  const facts = { owner, epoch, components, role, profile, rulesOff, properties };
  const empty = { shares: [], members: 0, size: 0, createdAt: at, modifiedAt: at, horizon: null };
  return { kind: 'collection-made', record: { stream, ...address, version, since: version, ...facts, ...empty } };
}
