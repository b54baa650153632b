import {
  type CollectionCommandBody,
  type Command,
  type CommandResult,
  type Commit,
  type HomeCommandBody,
  homeCommandTypes,
} from '@almanac/contracts';
import { decideHome, evolveHome, type HomeState } from '@almanac/domain-calendar';
import { decideWith, evolve } from '@almanac/domain-collection';
import { shapeObject } from '@almanac/domain-groupware-profile';
import { handleCommands, KnownHeads, type LoadStates, projectStream } from '@almanac/event-sourcing';
import type { CollectionStateReader, EventStore, OutcomeLog } from '@almanac/ports';
import { loadCollectionStates } from './load-collection-states.js';

export interface CollectionServicePorts {
  readonly store: EventStore;
  readonly states: CollectionStateReader;
  readonly outcomes?: OutcomeLog | undefined;
  readonly project: (commits: readonly Commit[]) => Promise<void>;
  readonly now: () => number;
}

/** How the calendar and the tasks service handle a batch of commands: those of collections, and those of homes. */
export function collectionCommands(
  ports: CollectionServicePorts,
): (commands: readonly Command[]) => Promise<readonly CommandResult[]> {
  const { store, states, outcomes, project, now } = ports;
  const shared = { store, outcomes, project, now, known: new KnownHeads(), catchUp: projectStream(store, project) };
  const collections = {
    ...shared,
    decider: { decide: decideWith(shapeObject), evolve },
    load: loadCollectionStates(states),
  };
  const homes = { ...shared, decider: { decide: decideHome, evolve: evolveHome }, load: loadHomes(states) };
  return async (commands) => {
    const { home = [], collection = [] } = Object.groupBy(commands, familyOf);
    const results = new Map<Command, CommandResult>();
    const remember = (said: readonly CommandResult[], of: readonly Command[]): void =>
      of.forEach((command, index) => results.set(command, said[index] as CommandResult));
    remember(await handleCommands(homes, home as Command<HomeCommandBody>[]), home);
    remember(await handleCommands(collections, collection as Command<CollectionCommandBody>[]), collection);
    return commands.map((command) => results.get(command) as CommandResult);
  };
}

const familyOf = ({ body }: Command): 'home' | 'collection' =>
  homeCommandTypes.has(body.type) ? 'home' : 'collection';

const loadHomes =
  (reader: CollectionStateReader): LoadStates<HomeState, HomeCommandBody> =>
  async (commands) => {
    const loaded = await reader.homes([...new Set(commands.map(({ stream }) => stream))]);
    return new Map(loaded.map(({ stream, version, exists }) => [stream, { version, state: { exists } }]));
  };
