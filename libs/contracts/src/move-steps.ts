import type { MoveStarted } from './collection-events.js';
import type { Command, CommandHeader, DeleteMember, PutMember } from './commands.js';
import { commandId, streamName } from './ids.js';

/** What the steps after a MOVE's first commit are made from. */
export interface StartedMove {
  readonly header: CommandHeader;
  /** Version of the commit that put the target. */
  readonly version: number;
  readonly move: Pick<MoveStarted, 'source' | 'target' | 'replaced'>;
}

/**
 * Rights were checked when the MOVE began. What follows is decided on versions alone, which never come back: whoever sends a
 * step, and however often, it is answered the same, so nobody deletes the source where another takes the target back.
 */
function asService({ groups: _groups, ...header }: CommandHeader): CommandHeader {
  return header;
}

/**
 * Second step of a MOVE (design 2): the source goes, if it is still what was copied. The frontend that waits
 * and the process manager that finishes after a crash build the same command, with the same id.
 */
export function deleteMovedSource({ header, move }: StartedMove): Command<DeleteMember> {
  return {
    ...asService(header),
    commandId: commandId(`${header.commandId}.source`),
    service: move.source.owner,
    stream: streamName(move.source.stream),
    body: { type: 'DeleteMember', name: move.source.name, condition: { pinned: { version: move.source.version } } },
  };
}

/** What follows when the source had changed: the target becomes again what it was. */
export function takeBackMove({ header, version, move }: StartedMove): Command<DeleteMember | PutMember> {
  const condition = { pinned: { version } };
  const name = move.target.name;
  const body: DeleteMember | PutMember =
    move.replaced === null
      ? { type: 'DeleteMember', name, condition }
      : { type: 'PutMember', name, condition, ...move.replaced };
  return { ...asService(header), commandId: commandId(`${header.commandId}.back`), service: move.target.owner, body };
}
