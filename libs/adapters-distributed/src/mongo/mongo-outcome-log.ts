import type { CommandResult } from '@almanac/contracts';
import type { CommandRef, OutcomeLog, SilentOutcome } from '@almanac/ports';
import type { Collection, Db } from 'mongodb';
import { orUnavailable } from './or-unavailable.js';

/** `_id` is the stream and the command; the database removes it after its time. */
export interface OutcomeDocument {
  readonly _id: string;
  readonly stream: string;
  readonly commandId: string;
  readonly result: CommandResult;
  readonly until: Date;
}

export const outcomesCollection = (database: Db): Collection<OutcomeDocument> => database.collection('outcomes');

const idOf = ({ stream, commandId }: CommandRef): string => `${stream}\n${commandId}`;

export class MongoOutcomeLog implements OutcomeLog {
  readonly #outcomes: Collection<OutcomeDocument>;

  constructor(outcomes: Collection<OutcomeDocument>) {
    this.#outcomes = outcomes;
  }

  async find(commands: readonly CommandRef[]): Promise<readonly SilentOutcome[]> {
    if (commands.length === 0) return [];
    const refs = new Map(commands.map((command) => [idOf(command), command]));
    const found = await orUnavailable(() => this.#outcomes.find({ _id: { $in: [...refs.keys()] } }).toArray());
    return found.flatMap(({ _id, result, until }) => {
      const ref = refs.get(_id);
      if (ref === undefined) return [];
      return [{ stream: ref.stream, commandId: ref.commandId, result, until: until.getTime() }];
    });
  }

  async record(outcomes: readonly SilentOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const operations = outcomes.map(({ result, until, ...ref }) => {
      const content = { stream: ref.stream, commandId: ref.commandId, result, until: new Date(until) };
      return { updateOne: { filter: { _id: idOf(ref) }, update: { $setOnInsert: content }, upsert: true } };
    });
    await orUnavailable(() => this.#outcomes.bulkWrite(operations, { ordered: false }));
  }
}
