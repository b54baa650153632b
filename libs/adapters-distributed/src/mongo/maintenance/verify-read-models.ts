import { randomBytes } from 'node:crypto';
import type { StreamName } from '@almanac/contracts';
import type { Collection, Db } from 'mongodb';
import { commitsCollection } from '../collections.js';
import {
  createGeneration,
  dropGeneration,
  type Generation,
  generationsOf,
  type Group,
  groups,
  modelsOf,
} from '../generation.js';
import { MongoEventStore } from '../mongo-event-store.js';
import type { StoredCommit } from '../mongo-event-store.js';
import type { ReadModels } from '../read-models.js';
import type { Difference } from './compare-documents.js';
import { documentsOf, partsOf, tableOf } from './documents-of-stream.js';
import { eachOf } from './each-of.js';
import { exclusively } from './exclusive.js';
import { type ProjectorFor, StreamFiller } from './fill-generation.js';
import { streamsOfLog } from './streams-of-log.js';
import { streamsShown } from './streams-shown.js';
import { StreamVerifier } from './verify-stream.js';

export interface Verification {
  readonly commits: number;
  readonly differences: readonly Difference[];
}

export interface VerifyOptions {
  /** The projections of all groups. */
  readonly projectorFor: ProjectorFor;
  readonly progress?: (progress: { readonly streams: number; readonly commits: number }) => void;
  /** Streams that are compared at the same time. */
  readonly concurrency?: number;
}

const usualConcurrency = 4;

/**
 * Projects the log, stream by stream, into collections of its own, and compares every document of the read models with
 * them, while they are read and written.
 * @param models those of this process, started
 * @throws UnderWay while somebody else verifies
 */
export function verifyReadModels(database: Db, models: ReadModels, options: VerifyOptions): Promise<Verification> {
  return exclusively(database, 'verify', async (check) => {
    const found = { streams: 0, commits: 0, differences: [] as Difference[] };
    for (const group of groups) {
      await dropScratch(database, group);
      const generation: Generation = `verify_${randomBytes(4).toString('hex')}`;
      await createGeneration(database, group, generation);
      try {
        await verifyGroup(group, { database, models, generation, check, found }, options);
      } finally {
        await dropGeneration(database, group, generation);
      }
    }
    return { commits: found.commits, differences: found.differences };
  });
}

interface Verifying {
  readonly database: Db;
  readonly models: ReadModels;
  readonly generation: Generation;
  readonly check: () => void;
  readonly found: { streams: number; commits: number; readonly differences: Difference[] };
}

async function verifyGroup(group: Group, verifying: Verifying, options: VerifyOptions): Promise<void> {
  const { database, models, generation, check, found } = verifying;
  const commits = commitsCollection(database);
  const scratch = modelsOf(database, group, generation);
  const store = new MongoEventStore(commits, 'calendar');
  const filler = new StreamFiller(group, scratch, { store, projectorFor: options.projectorFor });
  const verifier = new StreamVerifier(group, { models, scratch, filler });
  await eachOf(streamsOfLog(commits, group), options.concurrency ?? usualConcurrency, async (stream) => {
    check();
    const verified = await verifier.verify(stream);
    found.streams += 1;
    found.commits += verified.commits;
    found.differences.push(...verified.differences);
    options.progress?.({ streams: found.streams, commits: found.commits });
  });
  found.differences.push(...(await models.read(group, (live) => strayDocuments(group, live, commits))));
}

/** What is shown of streams that the log does not have. A document is read before the log, which is written first. */
async function strayDocuments<G extends Group>(
  group: G,
  live: Parameters<typeof streamsShown<G>>[1],
  commits: Collection<StoredCommit>,
): Promise<Difference[]> {
  const strays = new Set<StreamName>();
  for await (const stream of streamsShown(group, live)) {
    const first = await commits.findOne({ stream }, { projection: { _id: 0, version: 1 } });
    if (first === null) strays.add(stream);
  }
  const differences: Difference[] = [];
  for (const stream of strays) {
    for (const part of partsOf(stream)) {
      for await (const { _id } of documentsOf(tableOf(live, part.table), part)) {
        differences.push({ table: part.table, row: _id, fault: 'is there, but the log does not say so' });
      }
    }
  }
  return differences;
}

/** What was left by one that did not end. */
async function dropScratch(database: Db, group: Group): Promise<void> {
  for (const other of await generationsOf(database, group)) {
    if (other.startsWith('verify_')) await dropGeneration(database, group, other as Generation);
  }
}
