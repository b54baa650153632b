import type { Collection, Db } from 'mongodb';
import type { Group } from './generation.js';

/** What a group's generations are for; `_id` is the group. Each change raises the revision and is made on the one before. */
export interface GroupState {
  readonly _id: Group;
  /** The generation that readers are given. */
  readonly read: number;
  /** Those that are written: the first one is what decisions are made on, a second one is being filled or has been. */
  readonly written: readonly [number, ...number[]];
  /** The highest number that was ever given: no generation's name is used twice. */
  readonly last: number;
  readonly revision: number;
}

export const groupStates = (database: Db): Collection<GroupState> => database.collection('read_models');

const duplicateKey = 11_000;

/** The state of a group that has none yet: one generation, which is empty. */
export async function createState(database: Db, group: Group): Promise<void> {
  const first = { read: 1, written: [1] as const, last: 1, revision: 1 };
  try {
    await groupStates(database).updateOne({ _id: group }, { $setOnInsert: first as never }, { upsert: true });
  } catch (error) {
    if ((error as { code?: unknown }).code !== duplicateKey) throw error;
  }
}

export async function stateOf(database: Db, group: Group): Promise<GroupState> {
  const state = await groupStates(database).findOne({ _id: group });
  if (state === null) throw new Error(`the read models of ${group} have not been created`);
  return state;
}

/** @throws when somebody else has changed the state since it was read */
export async function changeState(
  database: Db,
  before: GroupState,
  changes: Partial<Pick<GroupState, 'read' | 'written' | 'last'>>,
): Promise<GroupState> {
  const revision = before.revision + 1;
  const update = { $set: { ...changes, revision } as Partial<GroupState> };
  const { matchedCount } = await groupStates(database).updateOne(
    { _id: before._id, revision: before.revision },
    update,
  );
  if (matchedCount === 0) throw new Error(`somebody else has changed the generations of ${before._id}`);
  return { ...before, ...changes, revision };
}
