import { type CollectionDeleted, type Commit, collectionAddress, type DomainEvent } from '@almanac/contracts';
import type { ReadModelChange, TrashPutChange } from '@almanac/ports';

/** Read model `trash`. */
export function trashProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'CollectionDeleted':
      return put(event, commit);
    case 'TrashPurged':
      return [{ kind: 'trash-purged', stream: commit.stream, version: commit.version, deleted: event.version }];
    default:
      return [];
  }
}

function put({ trashed }: CollectionDeleted, { stream, version, at, actor }: Commit): readonly TrashPutChange[] {
  const segment = collectionAddress(stream)?.segment;
  if (trashed === undefined || segment === undefined) return [];
  const id = `${segment}@${version}`;
  const record = { ...trashed, id, stream, segment, version, deletedAt: at, deletedBy: actor };
  return [{ kind: 'trash-put', stream, version, record }];
}
