import {
  type CollectionRecord,
  type Command,
  type Commit,
  homeStream,
  type OverlayRecord,
  type PrincipalRemoved,
  principalId,
  streamName,
  tenantId,
  type TrashRecord,
} from '@almanac/contracts';
import type { CollectionReader, TrashReader } from '@almanac/ports';
import { stepHeader } from './step-header.js';

export interface HomeReaders {
  readonly collections: CollectionReader;
  readonly trash: TrashReader;
}

/**
 * A removed user's folders go with everything in them, what is in the trash, and what the user had set for the folders of
 * others: a new user of the same id inherits nothing. Then the home goes.
 */
export async function closeHome(
  commit: Commit,
  user: PrincipalRemoved,
  { collections, trash }: HomeReaders,
): Promise<readonly Command[]> {
  const home = homeStream(tenantId(commit.stream), principalId(user.id));
  const folders = await collections.collectionsOf(home);
  const deleted = await trash.trashOf(home);
  const overlays = await collections.overlaysOf(home);
  return [
    ...folders.map((collection) => deletion(commit, collection)),
    ...deleted.map((entry) => purging(commit, entry)),
    ...overlays.flatMap((overlay) => clearing(commit, overlay)),
    { ...stepHeader(commit, 'close-home'), service: 'calendar', stream: home, body: { type: 'RemoveHome' } },
  ];
}

const deletion = (commit: Commit, { stream, owner, segment }: CollectionRecord): Command => ({
  ...stepHeader(commit, `close.${segment}`),
  service: owner,
  stream: streamName(stream),
  body: { type: 'DeleteCollection', withHome: true },
});

const purging = (commit: Commit, { stream, owner, version }: TrashRecord): Command => ({
  ...stepHeader(commit, `purge.${stream}@${version}`),
  service: owner,
  stream: streamName(stream),
  body: { type: 'PurgeTrash', version },
});

function clearing(commit: Commit, { stream, properties, alarms }: OverlayRecord): readonly Command[] {
  const to = { service: 'calendar', stream: streamName(stream) } as const;
  const removed = Object.keys(properties);
  const set = Object.entries(alarms).filter(([, each]) => each.alarms !== null);
  return [
    ...(removed.length === 0
      ? []
      : [
          {
            ...stepHeader(commit, `clear.${stream}`),
            ...to,
            body: { type: 'ChangeOverlayProperties', set: {}, removed } as const,
          },
        ]),
    ...set.map(([name, { uid }]) => ({
      ...stepHeader(commit, `clear.${stream}/${name}`),
      ...to,
      body: { type: 'SetOverlayAlarms', name, uid, alarms: null } as const,
    })),
  ];
}
