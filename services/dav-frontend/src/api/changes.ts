import { setTimeout as delay } from 'node:timers/promises';
import { homeOf, homeStream, principalId, tenantId } from '@almanac/contracts';
import type { ChangeNotices } from '@almanac/ports';
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

/**
 * Server-sent events: `changed` whenever a folder that the actor sees has changed, or which ones they see; what has, the page
 * asks for itself, so rights and masks have one place. 204 where nobody tells of changes as they happen: then browsers do not
 * ask again.
 */
export function followChanges(context: RequestContext): DavResponse {
  const { changes } = context.ports;
  if (changes === null) return { status: 204 };
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
  return { status: 200, headers, events: changesSeen(context, changes) };
}

async function* changesSeen(context: RequestContext, changes: ChangeNotices): AsyncGenerator<string> {
  const { tenant, principal, closing } = context;
  const home = homeStream(tenantId(tenant.id), principalId(principal.id));
  const heard = new Set<string>();
  const bell = new Bell();
  const hush = changes.follow((streams) => {
    for (const stream of streams) if (stream.startsWith(`${tenant.id}/`)) heard.add(stream);
    if (heard.size > 0) bell.ring();
  });
  const end = () => bell.ring();
  closing.addEventListener('abort', end);
  try {
    let seen = await sharedStreams(context);
    yield ': here\n\n';
    for (const until = Date.now() + lifetime; Date.now() < until && !closing.aborted; ) {
      const rang = await bell.wait(keepAlive);
      if (closing.aborted) return;
      if (rang) await delay(pause);
      const [streams, before] = [[...heard], seen];
      heard.clear();
      if (streams.length > 0) seen = await sharedStreams(context);
      const concerns = (stream: string) => homeOf(stream) === home || before.has(stream) || seen.has(stream);
      yield streams.some(concerns) ? 'event: changed\ndata:\n\n' : ': here\n\n';
    }
  } finally {
    closing.removeEventListener('abort', end);
    hush();
  }
}

/** Asked for anew each time: shares and groups come and go meanwhile. */
async function sharedStreams(context: RequestContext): Promise<ReadonlySet<string>> {
  const { ports, tenant, principal } = context;
  const now = { ...context, viewer: viewerOf(ports, tenant, principal) };
  const home = await homeResource(now, principal.id);
  const folders = home === null ? [] : await foldersIn(now, home);
  return new Set(folders.map(({ collection }) => collection.stream));
}
