import type { Command, Commit, DomainEvent } from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';
import { closeHome, type HomeReaders } from './close-home.js';
import { revokeShares } from './revoke-shares.js';
import { openHome } from './open-home.js';

/** Homes come and go with their users; one process does both, so that they keep their order. */
export function homesProcess(readers: HomeReaders): ProcessManager {
  return {
    name: 'calendar.homes',
    types: new Set(['PrincipalAdded', 'PrincipalRemoved']),
    async react(commit, execute) {
      for (const event of commit.events) {
        for (const command of await commandsFor(event, commit, readers)) await execute(command);
      }
    },
  };
}

async function commandsFor(event: DomainEvent, commit: Commit, readers: HomeReaders): Promise<readonly Command[]> {
  if (event.type === 'PrincipalAdded' && event.home !== undefined) return openHome(commit, event, event.home);
  if (event.type !== 'PrincipalRemoved') return [];
  const home = event.kind === 'user' ? await closeHome(commit, event, readers) : [];
  return [...home, ...(await revokeShares(commit, event, readers.collections))];
}
