import type { Collection, Db } from 'mongodb';
import type {
  AttachmentDocument,
  AttachmentHomeDocument,
  CollectionDocument,
  DirectoryDocument,
  HomeDocument,
  MemberDocument,
  OverlayDocument,
  PrincipalDocument,
  TenantDocument,
  TrashDocument,
} from './collections.js';
import { readModelIndexes, type Table } from './indexes.js';

export interface CalendarModels {
  readonly collections: Collection<CollectionDocument>;
  readonly members: Collection<MemberDocument>;
  readonly homes: Collection<HomeDocument>;
  readonly overlays: Collection<OverlayDocument>;
  readonly trash: Collection<TrashDocument>;
}

export interface DirectoryModels {
  readonly directories: Collection<DirectoryDocument>;
  readonly tenants: Collection<TenantDocument>;
  readonly principals: Collection<PrincipalDocument>;
}

export interface AttachmentModels {
  readonly attachmentHomes: Collection<AttachmentHomeDocument>;
  readonly attachments: Collection<AttachmentDocument>;
}

/** The read models are rebuilt by groups: what is projected from the same streams. */
export interface ModelsOf {
  readonly calendars: CalendarModels;
  readonly directory: DirectoryModels;
  readonly attachments: AttachmentModels;
}
export type Group = keyof ModelsOf;

export const groups: readonly Group[] = ['calendars', 'directory', 'attachments'];

export const tablesOf: Readonly<Record<Group, readonly Table[]>> = {
  calendars: ['collections', 'members', 'homes', 'overlays', 'trash'],
  directory: ['directories', 'tenants', 'principals'],
  attachments: ['attachmentHomes', 'attachments'],
};

/** Names of collections end in it: a number, or a word for a place that nobody but its maker knows. */
export type Generation = number | `${string}_${string}`;

export const collectionName = (table: Table, generation: Generation): string => `${table}_v${generation}`;

/** The collections of a group in one of its generations; those of another group are never asked for. */
export function modelsOf<G extends Group>(database: Db, group: G, generation: Generation): ModelsOf[G] {
  const tables = tablesOf[group].map((table) => [table, database.collection(collectionName(table, generation))]);
  return Object.fromEntries(tables) as ModelsOf[G];
}

/** With every index, so that whoever writes to it first need not wait for one. */
export async function createGeneration(database: Db, group: Group, generation: Generation): Promise<void> {
  for (const table of tablesOf[group]) {
    const name = collectionName(table, generation);
    const indexes = readModelIndexes[table];
    if (indexes.length > 0) await database.collection(name).createIndexes([...indexes]);
  }
}

export async function dropGeneration(database: Db, group: Group, generation: Generation): Promise<void> {
  for (const table of tablesOf[group]) await database.dropCollection(collectionName(table, generation));
}

/** The generations of which there is any collection, as the names have them. */
export async function generationsOf(database: Db, group: Group): Promise<ReadonlySet<string>> {
  const found = await database.listCollections({}, { nameOnly: true }).toArray();
  const prefixes = tablesOf[group].map((table) => `${table}_v`);
  const own = found.flatMap(({ name }) =>
    prefixes.filter((prefix) => name.startsWith(prefix)).map((prefix) => name.slice(prefix.length)),
  );
  return new Set(own);
}
