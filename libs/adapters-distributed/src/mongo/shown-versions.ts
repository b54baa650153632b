import { collectionAddress, homeOf, isAttachmentsStream, isOverlayStream, type StreamName } from '@almanac/contracts';
import type { Collection } from 'mongodb';
import type { HomeDocument, OverlayDocument } from './collections.js';
import type { Group, ModelsOf } from './generation.js';
import type { ReadModels } from './read-models.js';

type Show = {
  readonly [G in Group]: (models: ModelsOf[G], streams: readonly StreamName[]) => Promise<readonly Shown[]>;
};
interface Shown {
  readonly _id: string;
  readonly version: number;
}

/** Up to which version a generation shows each stream; 0 for one that it has never seen. */
export async function shownVersions<G extends Group>(
  group: G,
  models: ModelsOf[G],
  streams: readonly StreamName[],
): Promise<ReadonlyMap<StreamName, number>> {
  const found = await show[group](models, streams);
  const versions = new Map(found.map(({ _id, version }) => [_id, version]));
  return new Map(streams.map((stream) => [stream, versions.get(stream) ?? 0]));
}

const projection = { version: 1 } as const;

const show: Show = {
  async calendars({ collections, homes, overlays }, streams) {
    const { folder = [], home = [], overlay = [] } = Object.groupBy(streams, familyOf);
    const own = { _id: { $in: folder as string[] }, homeStream: { $in: [...new Set(folder.map(homeOf))] } };
    const found = await Promise.all([
      folder.length === 0 ? [] : collections.find(own).project<Shown>(projection).toArray(),
      versionsIn(homes, home),
      versionsIn(overlays, overlay),
    ]);
    return found.flat();
  },
  directory: ({ directories }, streams) =>
    directories
      .find({ _id: { $in: [...streams] as string[] } })
      .project<Shown>(projection)
      .toArray(),
  attachments: ({ attachmentHomes }, streams) =>
    attachmentHomes
      .find({ _id: { $in: [...streams] as string[] } })
      .project<Shown>(projection)
      .toArray(),
};

async function versionsIn(
  documents: Collection<HomeDocument> | Collection<OverlayDocument>,
  streams: readonly StreamName[],
): Promise<readonly Shown[]> {
  if (streams.length === 0) return [];
  const own = { _id: { $in: [...streams] as string[] } };
  return (documents as unknown as Collection<Shown>).find(own).project<Shown>(projection).toArray();
}

function familyOf(stream: StreamName): 'folder' | 'home' | 'overlay' {
  if (isOverlayStream(stream)) return 'overlay';
  return collectionAddress(stream) === null ? 'home' : 'folder';
}

/** Up to which version the generations that clients see show streams of any kind. */
export async function versionsShown(
  models: ReadModels,
  streams: readonly StreamName[],
): Promise<ReadonlyMap<StreamName, number>> {
  const groups = [...Map.groupBy(streams, groupOf)];
  const found = await Promise.all(
    groups.map(([group, own]) => models.read(group, (read) => shownVersions(group, read, own))),
  );
  return new Map(found.flatMap((versions) => [...versions]));
}

/** Of one stream. */
export const shownVersion = async (models: ReadModels, stream: StreamName): Promise<number> =>
  (await versionsShown(models, [stream])).get(stream) ?? 0;

/** Which group shows a stream. */
export function groupOf(stream: StreamName): Group {
  if (isAttachmentsStream(stream)) return 'attachments';
  return stream.includes('/') ? 'calendars' : 'directory';
}
