import { setTimeout as delay } from 'node:timers/promises';
import { type DomainEvent, homeOf, homeStream, principalId, tenantId } from '@almanac/contracts';
import type { ChangeNotice } from '@almanac/ports';
import type { DavResponse } from '../http/dav-request.js';
import { Bell } from '../live/bell.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource } from '../resources/folders.js';
import { viewerOf } from '../resources/viewer.js';

/** A proxy that hears nothing for a minute thinks that nobody is there. */
const keepAlive = 20_000;
/** What comes together is told once, and nobody is told more often. */
const pause = 250;
/** Then the page asks anew, and its session with it. */
const lifetime = 5 * 60_000;

/** After these somebody may see other folders than before. */
const sightTypes: ReadonlySet<string> = new Set<DomainEvent['type']>([
  'ShareGranted',
  'ShareRevoked',
  'CollectionCreated',
  'CollectionDeleted',
  'ProfileChanged',
  'PrincipalChanged',
  'PrincipalRemoved',
]);

/**
 * Server-sent events: `changed` whenever a folder that the actor sees has changed, or which ones they see; what has, the page
 * asks for itself, so rights and masks have one place. From the first octet on nothing is missed.
 */
export function followChanges(context: RequestContext): DavResponse {
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
  return { status: 200, headers, events: changesSeen(context) };
}

async function* changesSeen(context: RequestContext): AsyncGenerator<string> {
  const { ports, closing } = context;
  const bell = new Bell();
  const heard = new Heard(context);
  const hush = await ports.changes.follow(tenantId(context.tenant.id), (notices) => {
    if (heard.add(notices)) bell.ring();
  });
  const end = () => bell.ring();
  closing.addEventListener('abort', end);
  try {
    await heard.concerns();
    yield ': here\n\n';
    for (const until = Date.now() + lifetime; Date.now() < until && !closing.aborted; ) {
      const rang = await bell.wait(keepAlive);
      if (closing.aborted) return;
      if (rang) await delay(pause);
      yield (await heard.concerns()) ? 'event: changed\ndata:\n\n' : ': here\n\n';
    }
  } finally {
    closing.removeEventListener('abort', end);
    hush();
  }
}

/** What the actor has heard, and sees. */
class Heard {
  readonly #context: RequestContext;
  readonly #home: string;
  #streams: Set<string> = new Set();
  #seen: ReadonlySet<string> | null = null;
  #maySeeOthers = true;

  constructor(context: RequestContext) {
    this.#context = context;
    this.#home = homeStream(tenantId(context.tenant.id), principalId(context.principal.id));
  }

  /** False where nothing of it can concern the actor. */
  add(notices: readonly ChangeNotice[]): boolean {
    const before = this.#streams.size;
    for (const { stream, types } of notices) {
      const isOfSight = types.some((type) => sightTypes.has(type));
      this.#maySeeOthers ||= isOfSight;
      if (isOfSight || homeOf(stream) === this.#home || this.#seen?.has(stream) !== false) this.#streams.add(stream);
    }
    return this.#streams.size > before;
  }

  /** Whether anything heard since the last call concerns the actor. */
  async concerns(): Promise<boolean> {
    const streams = this.#streams;
    this.#streams = new Set();
    const before = this.#seen;
    if (this.#maySeeOthers) {
      this.#maySeeOthers = false;
      this.#seen = await seenStreams(this.#context);
    }
    const isSeen = (stream: string): boolean => before?.has(stream) === true || this.#seen?.has(stream) === true;
    return (
      [...streams].some((stream) => homeOf(stream) === this.#home || isSeen(stream)) || !isSame(before, this.#seen)
    );
  }
}

const isSame = (before: ReadonlySet<string> | null, now: ReadonlySet<string> | null): boolean =>
  before === null || (before.size === now?.size && [...before].every((stream) => now.has(stream)));

/** Asked for anew each time: shares and groups come and go meanwhile. */
async function seenStreams(context: RequestContext): Promise<ReadonlySet<string>> {
  const { ports, tenant, principal } = context;
  const now = { ...context, viewer: viewerOf(ports, tenant, principal) };
  const home = await homeResource(now, principal.id);
  const folders = home === null ? [] : await foldersIn(now, home);
  return new Set(folders.map(({ collection }) => collection.stream));
}
