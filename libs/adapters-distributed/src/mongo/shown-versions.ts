import { collectionAddress, isAttachmentsStream, type StreamName } from '@almanac/contracts';
import type { Group, ModelsOf } from './generation.js';
import { homeStreamOf } from './read-model-keys.js';
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
  async calendars({ collections, homes }, streams) {
    const { folder = [], home = [] } = Object.groupBy(streams, familyOf);
    const own = { _id: { $in: folder as string[] }, homeStream: { $in: [...new Set(folder.map(homeStreamOf))] } };
    const found = await Promise.all([
      folder.length === 0 ? [] : collections.find(own).project<Shown>(projection).toArray(),
      home.length === 0
        ? []
        : homes
            .find({ _id: { $in: home as string[] } })
            .project<Shown>(projection)
            .toArray(),
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

const familyOf = (stream: StreamName): 'folder' | 'home' => (collectionAddress(stream) === null ? 'home' : 'folder');

/** Up to which version the generation that clients see shows a stream. */
export async function shownVersion(models: ReadModels, stream: StreamName): Promise<number> {
  const group = groupOf(stream);
  const shown = await models.read(group, (own) => shownVersions(group, own, [stream]));
  return shown.get(stream) ?? 0;
}

/** Which group shows a stream. */
export function groupOf(stream: StreamName): Group {
  if (isAttachmentsStream(stream)) return 'attachments';
  return stream.includes('/') ? 'calendars' : 'directory';
}
