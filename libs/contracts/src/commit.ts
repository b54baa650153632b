import type { AttachmentEvent } from './attachment-events.js';
import type { CollectionEvent, HomeEvent, OverlayEvent } from './collection-events.js';
import type { DirectoryEvent } from './directory-events.js';
import type { CommandSource } from './commands.js';
import type { CommandId, StreamName } from './ids.js';
import type { Outcome } from './rejection.js';

export type DomainEvent = CollectionEvent | HomeEvent | OverlayEvent | DirectoryEvent | AttachmentEvent;

/** One write: the events of one command, appended whole or not at all (design 2). */
export interface Commit<Event extends DomainEvent = DomainEvent> {
  readonly stream: StreamName;
  /** 1 for a stream's first commit, without gaps. */
  readonly version: number;
  readonly events: readonly Event[];
  readonly commandId: CommandId;
  readonly source?: CommandSource;
  readonly actor: string;
  readonly device?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly traceparent?: string;
  readonly outcome: Outcome;
}
