import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { type RunningService, startService } from '../support/running-service.js';
import { parseDialogue } from './support/parse-dialogue.js';
import { runDialogue } from './support/run-dialogue.js';

const folder = import.meta.dirname;
const user = { user: 'user01', password: 'user01' };

const clients = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .map((entry) => entry.name);

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

describe.each(clients)('%s', (client) => {
  const files = readdirSync(join(folder, client)).filter((name) => name.endsWith('.dialogue'));
  for (const file of files) {
    const dialogue = parseDialogue(readFileSync(join(folder, client, file), 'utf8'));
    it.each(dialogue.agents)(`${dialogue.title} (%s)`, (agent) =>
      runDialogue(dialogue, { ...user, url: service.url, agent }),
    );
  }
});
