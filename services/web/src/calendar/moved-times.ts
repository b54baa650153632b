import type { Time } from '../api/types.js';
import { onWall } from './wall-time.js';

interface Span<Each> {
  readonly start: Each;
  readonly end: Each;
}

/**
 * Where an appointment goes that was dragged: it stays in its own time zones, and a floating one on every wall.
 * @param to on the wall of the grid's zone, days without a time
 */
export function movedTimes(was: Span<Time | null>, to: Span<string>, gridZone: string): Span<Time> {
  const hadTime = (was.start?.local.length ?? 0) > 10;
  const time = (local: string, own: Time | null): Time => {
    if (local.length === 10) return { local, zone: null };
    if (!hadTime || own === null) return { local, zone: gridZone };
    return { local: own.zone === null ? local : onWall(local, gridZone, own.zone), zone: own.zone };
  };
  return { start: time(to.start, was.start), end: time(to.end, was.end ?? was.start) };
}
