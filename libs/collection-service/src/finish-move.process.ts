import { type Commit, deleteMovedSource, type MoveStarted, type ServiceName, takeBackMove } from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';

/**
 * Finishes a MOVE whose frontend died after the target was put: the source goes, or the target is taken back
 * when the source has changed since (design 2). Done already, both steps change nothing.
 */
export function finishMove(service: ServiceName): ProcessManager {
  return {
    name: `${service}.finish-move`,
    types: new Set(['MoveStarted']),
    async react(commit, execute) {
      const move = commit.events.find((event): event is MoveStarted => event.type === 'MoveStarted');
      if (move === undefined || move.target.owner !== service) return;
      const started = { header: headerOf(commit, service), version: commit.version, move };
      const deleted = await execute(deleteMovedSource(started));
      if (deleted.kind === 'refused') await execute(takeBackMove(started));
    },
  };
}

function headerOf(commit: Commit, service: ServiceName) {
  const { commandId, stream, actor, at, traceparent } = commit;
  return {
    commandId,
    service,
    stream,
    actor,
    at,
    notAfter: Number.MAX_SAFE_INTEGER,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
