import {
  type CollectionCommandBody,
  type Command,
  type CommandResult,
  type HomeCommandBody,
  homeCommandTypes,
  homeOf,
  type OverlayCommandBody,
  overlayCommandTypes,
} from '@almanac/contracts';
import {
  decideHome,
  decideOverlay,
  evolveHome,
  evolveOverlay,
  type HomeState,
  type OverlayState,
} from '@almanac/domain-calendar';
import { decideWith, evolve, shareUsage } from '@almanac/domain-collection';
import { shapeObject } from '@almanac/domain-groupware-profile';
import {
  type CommandService,
  type CommandServicePorts,
  handleCommands,
  type LoadStates,
  sharedHandling,
} from '@almanac/event-sourcing';
import type { CollectionStateReader } from '@almanac/ports';
import { loadCollectionStates } from './load-collection-states.js';

/** How the calendar and the tasks service handle a batch of commands: those of collections, and those of homes. */
export function collectionCommands(ports: CommandServicePorts<CollectionStateReader>): CommandService {
  const { store, states } = ports;
  const shared = sharedHandling(ports);
  const collections = {
    ...shared,
    decider: { decide: decideWith(shapeObject), evolve, neighbours: { of: homeOf, share: shareUsage } },
    load: loadCollectionStates(states, store),
  };
  const homes = { ...shared, decider: { decide: decideHome, evolve: evolveHome }, load: loadHomes(states) };
  const overlays = { ...shared, decider: { decide: decideOverlay, evolve: evolveOverlay }, load: loadOverlays(states) };
  return async (commands) => {
    const { home = [], overlay = [], collection = [] } = Object.groupBy(commands, familyOf);
    const results = new Map<Command, CommandResult>();
    const remember = (said: readonly CommandResult[], of: readonly Command[]): void =>
      of.forEach((command, index) => results.set(command, said[index] as CommandResult));
    remember(await handleCommands(homes, home as Command<HomeCommandBody>[]), home);
    remember(await handleCommands(overlays, overlay as Command<OverlayCommandBody>[]), overlay);
    remember(await handleCommands(collections, collection as Command<CollectionCommandBody>[]), collection);
    return commands.map((command) => results.get(command) as CommandResult);
  };
}

function familyOf({ body }: Command): 'home' | 'overlay' | 'collection' {
  if (homeCommandTypes.has(body.type)) return 'home';
  return overlayCommandTypes.has(body.type) ? 'overlay' : 'collection';
}

const loadHomes =
  (reader: CollectionStateReader): LoadStates<HomeState, HomeCommandBody> =>
  async (commands) => {
    const loaded = await reader.homes([...new Set(commands.map(({ stream }) => stream))]);
    return new Map(loaded.map(({ stream, version, exists }) => [stream, { version, state: { exists } }]));
  };

const loadOverlays =
  (reader: CollectionStateReader): LoadStates<OverlayState, OverlayCommandBody> =>
  async (commands) => {
    const loaded = await reader.overlays([...new Set(commands.map(({ stream }) => stream))]);
    return new Map(
      loaded.map(({ stream, version, alarms }) => [stream, { version, state: { alarms: new Map(alarms) } }]),
    );
  };
