import type { DomainEvent } from './commit.js';
import type { Outcome, Rejection } from './rejection.js';

/** What `decide` says: refusals are values (design 6). */
export type Decision<Event extends DomainEvent> =
  /** No event: the state is already what the command asks for. */
  | { readonly kind: 'accept'; readonly events: readonly Event[]; readonly outcome: Omit<Outcome, 'version'> }
  | { readonly kind: 'reject'; readonly rejection: Rejection };

export const accept = <Event extends DomainEvent>(
  events: readonly Event[],
  outcome: Omit<Outcome, 'version'> = {},
): Decision<Event> => ({ kind: 'accept', events, outcome });

export const reject = (rejection: Rejection): Decision<never> => ({ kind: 'reject', rejection });
