import type { Commit, DomainEvent } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';

/** Read model `directories`: how far tenants and principals are projected; it comes after them. Other streams have a slash. */
export function directoriesProjection(_event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  if (commit.stream.includes('/')) return [];
  return [{ kind: 'directory-advanced', stream: commit.stream, version: commit.version }];
}
