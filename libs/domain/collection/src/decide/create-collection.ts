import { accept, type CollectionEvent, type CreateCollection, type Decision, reject } from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';

/** MKCALENDAR and extended MKCOL (RFC 4791 5.3.1, RFC 5689; N1, N2). */
export function createCollection(state: CollectionState, command: CreateCollection): Decision<CollectionEvent> {
  if (state.collection !== null) {
    return reject({
      code: 'resource-must-be-null',
      detail: 'There is a collection at this URL already; choose another.',
    });
  }
  const { maxCollections } = command;
  if (maxCollections !== undefined && state.usage.collections >= maxCollections) {
    return reject({
      code: 'too-many-collections',
      detail: `A home may have ${maxCollections} collections at most; delete one first.`,
    });
  }
  const { epoch, owner, components, role, profile, rulesOff = [], properties, restored } = command;
  const origin = restored === undefined ? {} : { restored };
  const settings = rulesOff.length === 0 ? { profile } : { profile, rulesOff };
  return accept(
    [{ type: 'CollectionCreated', schema: 1, epoch, owner, components, role, ...settings, properties, ...origin }],
    {
      epoch,
      created: true,
    },
  );
}
