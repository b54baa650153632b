import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'docs/rfc');
const states = ['✔', '✘', 'later'];

interface Row {
  readonly line: string;
  readonly requirement: string;
  readonly state: string;
  /** `file › title`, several of them parted by `<br>`. */
  readonly tests: readonly string[];
}

/** The rows of all tables of a checklist: section, requirement, state, tests. */
function rowsOf(file: string): readonly Row[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const rows = lines.filter((line) => /^\|(?! *(?:-|section))/.test(line));
  return rows.map((line) => {
    const [, , requirement = '', state = '', tests = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { line, requirement, state, tests: tests === '' ? [] : tests.split('<br>').map((test) => test.trim()) };
  });
}

/** Whether a test, a group of tests, or a row of a table of tests bears exactly this title. */
function hasTitle(file: string, title: string): boolean {
  const path = file.includes('/') ? join(root, file) : join(root, 'tests/protocol', file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8');
  const spellings = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
  return spellings.some((spelling) => source.includes(spelling));
}

const unescaped = (cell: string): string => cell.replaceAll('\\|', '|');

describe.each(readdirSync(folder).filter((file) => file.endsWith('.md')))('docs/rfc/%s', (file) => {
  const rows = rowsOf(file);

  it('has rows, each with a known state', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ state }) => !states.includes(state)).map(({ line }) => line)).toEqual([]);
  });

  it('names a test for every MUST that is ticked', () => {
    const bare = rows.filter(
      ({ requirement, state, tests }) => state === '✔' && requirement.startsWith('MUST') && tests.length === 0,
    );
    expect(bare.map(({ line }) => line)).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = rows.flatMap(({ tests }) => tests.map(unescaped));
    const missing = named.filter((test) => {
      const [path = '', ...titles] = test.split(' › ');
      return titles.length === 0 || !hasTitle(path.replaceAll('`', ''), titles.join(' › '));
    });
    expect(missing).toEqual([]);
  });
});
