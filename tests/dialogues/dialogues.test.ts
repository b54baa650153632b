import { beforeAll, describe, it } from 'vitest';
import { type RunningService, startService } from '../support/running-service.js';
import { accountsIn } from './support/accounts.js';
import { clients, dialoguesOf } from './support/all-dialogues.js';
import type { Profile } from './support/dialogue.js';
import { runDialogue } from './support/run-dialogue.js';

const user = { user: 'user01', password: 'user01' };

let services: Readonly<Record<Profile, RunningService>>;

beforeAll(async () => {
  const [standard, groupware] = await Promise.all([
    startService(accountsIn('standard')),
    startService(accountsIn('groupware')),
  ]);
  services = { standard, groupware };
});

describe.each(clients)('%s', (client) => {
  for (const dialogue of dialoguesOf(client)) {
    it.each(dialogue.agents)(`${dialogue.title} (%s)`, (agent) =>
      runDialogue(dialogue, { ...user, url: services[dialogue.profile].url, agent }),
    );
  }
});
