import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialogue } from './dialogue.js';
import { parseDialogue } from './parse-dialogue.js';

const folder = join(import.meta.dirname, '..');

/** The clients that there are dialogues of. */
export const clients: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .map((entry) => entry.name);

export const dialoguesOf = (client: string): readonly Dialogue[] =>
  readdirSync(join(folder, client))
    .filter((name) => name.endsWith('.dialogue'))
    .map((name) => parseDialogue(readFileSync(join(folder, client, name), 'utf8')));
