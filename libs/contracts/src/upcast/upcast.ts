import type { Commit, DomainEvent } from '../commit.js';

type Upcaster = (event: Record<string, unknown>) => Record<string, unknown>;

/**
 * Turns an event of an older schema into the next one; keyed by `<type>@<schema>`. All events are still of
 * schema 1, so the table has no row yet. A type keeps its name: consumers choose by it what they read.
 */
const upcasters: Readonly<Record<string, Upcaster>> = {};

/** An event from the log in its newest schema (design 2). */
export function upcastEvent(stored: Record<string, unknown>): DomainEvent {
  let event = stored;
  for (let step = upcasterOf(event); step !== undefined; step = upcasterOf(event)) event = step(event);
  return event as unknown as DomainEvent;
}

function upcasterOf(event: Record<string, unknown>): Upcaster | undefined {
  return upcasters[`${String(event['type'])}@${String(event['schema'])}`];
}

/** A commit from the log with each of its events in the newest schema. */
export function upcast(stored: Commit): Commit {
  return { ...stored, events: stored.events.map((event) => upcastEvent(event as unknown as Record<string, unknown>)) };
}
