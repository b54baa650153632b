import { type Commit, type DomainEvent, type HomeEvent, principalId, tenantId } from '@almanac/contracts';
import type { HomePutChange, ReadModelChange } from '@almanac/ports';

/** Read model `homes`. */
export function homesProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'HomeCreated':
    case 'HomePropertiesChanged':
      return [put(event, commit)];
    case 'HomeRemoved':
      return [{ kind: 'home-dropped', stream: commit.stream, version: commit.version }];
    default:
      return [];
  }
}

function put(event: Exclude<HomeEvent, { type: 'HomeRemoved' }>, { stream, version }: Commit): HomePutChange {
  const [tenant = '', home = ''] = stream.split('/');
  const record = { stream, version, tenant: tenantId(tenant), home: principalId(home) };
  if (event.type === 'HomePropertiesChanged') {
    return { kind: 'home-put', record, set: event.set, removed: event.removed };
  }
  const { defaultCalendar, defaultTasks } = event;
  return { kind: 'home-put', record, folders: { defaultCalendar, defaultTasks }, set: {}, removed: [] };
}
