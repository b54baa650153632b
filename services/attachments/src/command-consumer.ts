import type { AttachmentCommandBody, Command, StreamName } from '@almanac/contracts';
import { type AttachmentsState, decideAttachments, evolveAttachments } from '@almanac/domain-attachments';
import {
  type CommandService,
  type CommandServicePorts,
  handleCommands,
  type LoadStates,
  sharedHandling,
  type Versioned,
} from '@almanac/event-sourcing';
import type { AttachmentsLookup, AttachmentStateReader, LoadedAttachments } from '@almanac/ports';

/** How the attachments service handles a batch of commands. */
export function attachmentCommands(ports: CommandServicePorts<AttachmentStateReader>): CommandService {
  const handling = {
    ...sharedHandling(ports),
    decider: { decide: decideAttachments, evolve: evolveAttachments },
    load: loadAttachments(ports.states),
  };
  return (commands) => handleCommands(handling, commands as readonly Command<AttachmentCommandBody>[]);
}

const loadAttachments =
  (reader: AttachmentStateReader): LoadStates<AttachmentsState, AttachmentCommandBody> =>
  async (commands) => {
    const streams = [...Map.groupBy(commands, ({ stream }) => stream)];
    const loaded = await reader.attachmentStates(streams.map(([stream, own]) => lookupOf(stream, own)));
    return new Map(loaded.map((home) => [home.stream, stateFrom(home)]));
  };

function lookupOf(stream: StreamName, commands: readonly Command<AttachmentCommandBody>[]): AttachmentsLookup {
  const bodies = commands.map(({ body }) => body);
  return {
    stream,
    managedIds: [...new Set(bodies.flatMap(managedIdsIn))],
    holders: bodies.flatMap((body) => (body.type === 'ChangeReferences' ? [body.holder] : [])),
    collections: bodies.flatMap((body) => (body.type === 'ReleaseCollection' ? [body.collection] : [])),
  };
}

function managedIdsIn(body: AttachmentCommandBody): readonly string[] {
  if (body.type === 'AddAttachments') return body.attachments.map(({ managedId }) => managedId);
  return 'managedIds' in body ? body.managedIds : [];
}

function stateFrom({ version, used, kept, positions, attachments }: LoadedAttachments): Versioned<AttachmentsState> {
  const known = attachments.map(
    ({ managedId, size, references, awaited, idleSince }) =>
      [managedId, { size, references, awaited, idleSince }] as const,
  );
  const state = { used, kept, positions: new Map(Object.entries(positions)), attachments: new Map(known) };
  return { version, state };
}
