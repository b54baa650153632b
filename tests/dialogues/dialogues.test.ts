import { beforeAll, describe, it } from 'vitest';
import { type RunningService, startService } from '../support/running-service.js';
import { clients, dialoguesOf } from './support/all-dialogues.js';
import { runDialogue } from './support/run-dialogue.js';

const user = { user: 'user01', password: 'user01' };

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

describe.each(clients)('%s', (client) => {
  for (const dialogue of dialoguesOf(client)) {
    it.each(dialogue.agents)(`${dialogue.title} (%s)`, (agent) =>
      runDialogue(dialogue, { ...user, url: service.url, agent }),
    );
  }
});
