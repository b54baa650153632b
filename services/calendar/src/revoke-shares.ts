import { type Command, type Commit, type PrincipalRemoved, streamName, tenantId } from '@almanac/contracts';
import type { CollectionReader } from '@almanac/ports';
import { stepHeader } from './step-header.js';

/** What was shared with a principal that is gone is not shared with the next one of the same id. */
export async function revokeShares(
  commit: Commit,
  { id }: PrincipalRemoved,
  reader: CollectionReader,
): Promise<readonly Command[]> {
  const shared = await reader.sharedWith(tenantId(commit.stream), [id]);
  return shared.map(({ stream, owner, home, segment }) => ({
    ...stepHeader(commit, `revoke.${home}.${segment}`),
    service: owner,
    stream: streamName(stream),
    body: { type: 'RevokeShare', id },
  }));
}
