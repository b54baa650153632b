import { describe, expect, inject, it } from 'vitest';
import { accountsIn } from '../dialogues/support/accounts.js';
import { clients, dialoguesOf } from '../dialogues/support/all-dialogues.js';
import type { Answer } from '../dialogues/support/check-answer.js';
import type { Dialogue } from '../dialogues/support/dialogue.js';
import { runDialogue } from '../dialogues/support/run-dialogue.js';
import { type RunningService, startEmbedded, startService } from '../support/running-service.js';

/** What differs between two runs whatever the mode: the time, ids that are drawn at random, and the address. */
const peculiar: readonly [RegExp, string][] = [
  [/\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT/g, 'DATE'],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g, 'DATE'],
];
/** UUIDs, managed ids, and the epochs of ETags and sync tokens. */
const drawn = /\b[0-9a-f]{32}\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-z]{13}(?=[-/]\d)/g;

/** An answer as it went over the wire, with random ids numbered in the order in which they were first seen. */
function spoken({ status, headers, body }: Answer, address: string, ids: Map<string, string>): string {
  // The links of attachments have the address in them, and it has another length.
  const linked = body.includes('/attachments/');
  const said = [...headers].filter(([name]) => name !== 'date' && !(linked && name === 'content-length'));
  const lines = said.map(([name, value]) => `${name}: ${value}`);
  const unfolded = linked ? body.replaceAll(/\r\n /g, '') : body;
  let text = [status, ...lines.toSorted(), '', unfolded].join('\n').replaceAll(address, 'HOST');
  for (const [pattern, word] of peculiar) text = text.replaceAll(pattern, word);
  return text.replaceAll(drawn, (id) => {
    const known = ids.get(id) ?? `ID-${ids.size + 1}`;
    ids.set(id, known);
    return known;
  });
}

async function answersOf(dialogue: Dialogue, agent: string, { url }: RunningService): Promise<readonly string[]> {
  const answers: string[] = [];
  const ids = new Map<string, string>();
  const heard = (answer: Answer): void => {
    answers.push(spoken(answer, new URL(url).host, ids));
  };
  await runDialogue(dialogue, { url, user: 'user01', password: 'user01', agent, run: 'the-same', heard });
  return answers;
}

describe.skipIf(inject('stack') === undefined)('O2, O6: both modes give the same answers, to the byte', () => {
  const dialogues = clients.flatMap((client) => dialoguesOf(client).map((dialogue) => ({ client, dialogue })));

  it.each(dialogues.map(({ client, dialogue }) => [client, dialogue.title, dialogue] as const))(
    '%s: %s',
    async (_client, _title, dialogue) => {
      const accounts = accountsIn(dialogue.profile);
      const [embedded, stack] = await Promise.all([startEmbedded(accounts), startService(accounts)]);
      const agent = dialogue.agents[0] ?? '';
      const expected = await answersOf(dialogue, agent, embedded);
      expect(expected.length).toBeGreaterThan(0);
      expect(await answersOf(dialogue, agent, stack)).toEqual(expected);
      await embedded.end();
    },
  );
});
