import type { Time } from '../api/types.js';
import { isZone, onWall } from './wall-time.js';

interface Span<Each> {
  readonly start: Each;
  readonly end: Each;
}

/** On the wall of the grid's zone, days without a time. */
interface Dragged extends Span<string> {
  /** As it was drawn before. */
  readonly event: Span<string>;
}

/** Where an appointment goes that was dragged: it stays in its own time zones, and a floating one on every wall. */
export function movedTimes(was: Span<Time | null>, to: Dragged, gridZone: string): Span<Time> {
  const hadTime = (was.start?.local.length ?? 0) > 10;
  const time = (own: Time | null, local: string, before: string): Time => {
    if (local.length === 10) return { local, zone: null };
    if (!hadTime || own === null) return { local, zone: gridZone };
    const { zone } = own;
    if (zone === null) return { local, zone };
    // Of a zone that came with the appointment, and that nobody else knows, only the way is known.
    return { local: isZone(zone) ? onWall(local, gridZone, zone) : asFar(own.local, before, local), zone };
  };
  return {
    start: time(was.start, to.start, to.event.start),
    end: time(was.end ?? was.start, to.end, to.event.end),
  };
}

const wall = (local: string): number => Date.parse(`${local.slice(0, 19)}Z`);

/** A time moved by as much as lies between two others. */
const asFar = (local: string, from: string, to: string): string =>
  new Date(wall(local) + wall(to) - wall(from)).toISOString().slice(0, 19);
