import type { StreamName } from '@almanac/contracts';
import type { Collection } from 'mongodb';
import type { FeedPosition } from '../mongo/collections.js';

/** Up to which version of each stream one consumer has reacted; kept in MongoDB, whoever owns the partition. */
export class FeedPositions {
  readonly #positions: Collection<FeedPosition>;
  readonly #consumer: string;

  constructor(positions: Collection<FeedPosition>, consumer: string) {
    this.#positions = positions;
    this.#consumer = consumer;
  }

  /** 0 for a stream of which the consumer has seen nothing. */
  async load(streams: Iterable<StreamName>): Promise<Map<StreamName, number>> {
    const ids = new Map([...streams].map((stream) => [this.#idOf(stream), stream]));
    const found = await this.#positions.find({ _id: { $in: [...ids.keys()] } }).toArray();
    const versions = new Map(found.map(({ _id, version }) => [_id, version]));
    return new Map([...ids].map(([id, stream]) => [stream, versions.get(id) ?? 0]));
  }

  /** A position never goes back. */
  async save(versions: ReadonlyMap<StreamName, number>): Promise<void> {
    if (versions.size === 0) return;
    const operations = [...versions].map(([stream, version]) => ({
      updateOne: { filter: { _id: this.#idOf(stream) }, update: { $max: { version } }, upsert: true },
    }));
    await this.#positions.bulkWrite(operations, { ordered: false });
  }

  #idOf(stream: StreamName): string {
    return `${this.#consumer}@${stream}`;
  }
}
