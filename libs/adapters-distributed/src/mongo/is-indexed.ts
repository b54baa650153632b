import type { IndexDescription } from 'mongodb';

export interface IndexedQuery {
  readonly filter: Readonly<Record<string, unknown>>;
  /** In the order of its fields. */
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

type Index = Pick<IndexDescription, 'key' | 'partialFilterExpression'>;

const byId: Index = { key: { _id: 1 } };

/**
 * Whether MongoDB can answer a query by stepping into an index: the filter bounds its first field, or the sort walks it;
 * it holds every field that must have one of some values; and what is sorted comes in its order. Written down here for tests, as the plans that stand-ins for MongoDB explain are
 * not MongoDB's. More is not looked at: how many documents a step finds, or what a compound sort costs.
 */
export function isIndexed({ filter, sort }: IndexedQuery, indexes: readonly Index[]): boolean {
  const { $or, $and, ...plain } = filter;
  if (Array.isArray($and)) {
    return isIndexed(
      { filter: Object.assign({ ...plain, ...($or === undefined ? {} : { $or }) }, ...$and), sort },
      indexes,
    );
  }
  const candidates = [byId, ...indexes].filter((index) => holdsAll(index, plain));
  if (candidates.some((index) => bounds(index, plain, sort))) return true;
  if (!Array.isArray($or)) return false;
  return $or.every((branch: object) => isIndexed({ filter: { ...plain, ...branch }, sort }, indexes));
}

/** A partial index is used only where the filter asks for no more than it holds. */
const holdsAll = ({ partialFilterExpression = {} }: Index, filter: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(partialFilterExpression).every(([field, value]) => filter[field] === value);

function bounds(
  { key, partialFilterExpression = {} }: Index,
  filter: IndexedQuery['filter'],
  sort: IndexedQuery['sort'],
): boolean {
  const fields = Object.keys(key);
  const first = fields[0] ?? '';
  if (isEqual(filter['_id'])) return first === '_id';
  const told = Object.keys(filter).filter((field) => isPoint(filter[field]) && !(field in partialFilterExpression));
  if (first !== '_id' && !told.every((field) => field === flag || fields.includes(field))) return false;
  const sorted = Object.keys(sort).filter((field) => !isEqual(filter[field]));
  if (sorted.length === 0) return first in filter;
  const rest = fields.slice(fields.findIndex((field) => !isEqual(filter[field])));
  return sorted.every((field, index) => rest[index] === field);
}

/** Most documents have it: an index need not hold it. */
const flag = 'live';

const isPoint = (condition: unknown): boolean =>
  isEqual(condition) || (typeof condition === 'object' && condition !== null && '$in' in condition);

const isEqual = (condition: unknown): boolean =>
  condition !== undefined && (condition === null || typeof condition !== 'object');
