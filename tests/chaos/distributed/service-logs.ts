import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Line {
  readonly level?: string;
  readonly message?: string;
  readonly said?: string;
}

/** How often the services logged what as an error, the most frequent first. */
export function loggedErrors(folder: string): string[] {
  const counts = new Map<string, number>();
  for (const file of readdirSync(folder)) {
    const service = file.replace(/-\d+\.log$/, '');
    for (const text of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const { level, message, said } = lineOf(text);
      if (level !== 'error') continue;
      const words = `${service}: ${message}${said === undefined ? '' : ` (${said})`}`;
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  const ordered = [...counts].sort(([, left], [, right]) => right - left);
  return ordered.map(([words, times]) => `${times} × ${words}`);
}

/** A killed process leaves half a line. */
function lineOf(text: string): Line {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as Line;
  } catch {
    return {};
  }
}
