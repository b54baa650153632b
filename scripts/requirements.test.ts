import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const table = readFileSync(new URL('../docs/requirements.md', import.meta.url), 'utf8');
const rows = table.split('\n').filter((line) => /^\| [A-Z]\d/.test(line));

it('every row of the requirements is in the table once, with a state', () => {
  const groups = { C: 7, R: 7, A: 6, P: 3, V: 4, T: 6, N: 3, S: 4, O: 7 };
  const listed = rows.flatMap((row) => idsOf(row.split('|')[1]?.trim() ?? ''));
  const wanted = Object.entries(groups).flatMap(([letter, count]) => numbered(letter, 1, count));
  expect(listed.toSorted()).toEqual(wanted.toSorted());
  expect(
    rows.map((row) => row.split('|')[3]?.trim()).filter((state) => !/^(done|part|later)$/.test(state ?? '')),
  ).toEqual([]);
});

it('what is done or done in part names tests, and all of them exist', () => {
  for (const row of rows) {
    const [, id = '', , state = '', tests = ''] = row.split('|').map((cell) => cell.trim());
    const files = [...tests.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
    expect([id, state === 'later' ? 1 : files.length]).not.toEqual([id, 0]);
    expect(files.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))).toEqual([]);
  }
});

/** `R1–R7` or `P1, P2` as single ids. */
function idsOf(cell: string): string[] {
  return cell.split(', ').flatMap((part) => {
    const [, letter = '', from = '', to = from] = /^([A-Z])(\d)(?:–[A-Z](\d))?$/.exec(part) ?? [];
    return numbered(letter, Number(from), Number(to));
  });
}

function numbered(letter: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`);
}
