import type { Commit, DomainEvent } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';

/** Read model `overlays`. */
export function overlaysProjection(event: DomainEvent, { stream, version }: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'OverlayPropertiesChanged':
      return [{ kind: 'overlay-put', stream, version, set: event.set, removed: event.removed }];
    case 'OverlayAlarmsSet': {
      const { name, uid, alarms } = event;
      return [{ kind: 'overlay-put', stream, version, set: {}, removed: [], alarms: { name, uid, alarms } }];
    }
    default:
      return [];
  }
}
