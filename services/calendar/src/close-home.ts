import {
  type CollectionRecord,
  type Command,
  type Commit,
  homeStream,
  type PrincipalRemoved,
  principalId,
  streamName,
  tenantId,
} from '@almanac/contracts';
import type { CollectionReader } from '@almanac/ports';
import { stepHeader } from './step-header.js';

/** A removed user's folders go with everything in them, and then the home. */
export async function closeHome(
  commit: Commit,
  user: PrincipalRemoved,
  reader: CollectionReader,
): Promise<readonly Command[]> {
  const home = homeStream(tenantId(commit.stream), principalId(user.id));
  const collections = await reader.collectionsOf(home);
  return [
    ...collections.map((collection) => deletion(commit, collection)),
    { ...stepHeader(commit, 'close-home'), service: 'calendar', stream: home, body: { type: 'RemoveHome' } },
  ];
}

const deletion = (commit: Commit, { stream, owner, segment }: CollectionRecord): Command => ({
  ...stepHeader(commit, `close.${segment}`),
  service: owner,
  stream: streamName(stream),
  body: { type: 'DeleteCollection', withHome: true },
});
