import { isDeepStrictEqual } from 'node:util';
import { Binary } from 'mongodb';

export interface Difference {
  readonly table: string;
  /** Names the row: stream, member, tenant or principal. */
  readonly row: string;
  readonly fault: string;
}

export interface Row {
  readonly _id: string;
  readonly [column: string]: unknown;
}

/** A document, and what the log says that it is; one of the two may be missing. */
export type Pair = readonly [actual: Row | null, expected: Row | null];

/** Every difference between a document and what the log says. */
export function compareDocuments(table: string, [actual, expected]: Pair): readonly Difference[] {
  if (actual === null && expected === null) return [];
  if (actual === null) return [{ table, row: (expected as Row)._id, fault: 'is missing' }];
  if (expected === null) return [{ table, row: actual._id, fault: 'is there, but the log does not say so' }];
  const columns = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...columns]
    .filter((column) => !same(actual[column], expected[column]))
    .map((column) => {
      const fault = `${column} is ${shown(actual[column])}, not ${shown(expected[column])}`;
      return { table, row: actual._id, fault };
    });
}

/** Both in the order of their ids. A side that has come to its end sorts last. */
export async function* pairsOf(actual: AsyncIterator<Row>, expected: AsyncIterator<Row>): AsyncGenerator<Pair> {
  let left = await next(actual);
  let right = await next(expected);
  while (left !== null || right !== null) {
    const order = compareIds(left, right);
    yield [order <= 0 ? left : null, order >= 0 ? right : null];
    if (order <= 0) left = await next(actual);
    if (order >= 0) right = await next(expected);
  }
}

async function next(rows: AsyncIterator<Row>): Promise<Row | null> {
  const result = await rows.next();
  return result.done ? null : result.value;
}

/** MongoDB orders text by its UTF-8 octets. */
function compareIds(left: Row | null, right: Row | null): number {
  if (left === null) return 1;
  if (right === null) return -1;
  return Buffer.compare(Buffer.from(left._id), Buffer.from(right._id));
}

const same = (left: unknown, right: unknown): boolean =>
  left instanceof Binary && right instanceof Binary
    ? Buffer.compare(left.buffer, right.buffer) === 0
    : isDeepStrictEqual(left, right);

const shown = (value: unknown): string =>
  value instanceof Binary ? `${value.length()} octets` : String(JSON.stringify(value));
