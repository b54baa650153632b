import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openReader, openWriter, SqliteEventFeed, Writer } from '@almanac/adapters-embedded';
import { type Command, accepted, commandId, streamName } from '@almanac/contracts';
import { Unavailable } from '@almanac/ports';
import { afterEach, expect, it } from 'vitest';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function open(): { database: Database; reader: Database } {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-'));
  const database = openWriter(join(folder, 'store.sqlite'));
  const reader = openReader(join(folder, 'store.sqlite'));
  cleanups.push(
    () => rmSync(folder, { recursive: true }),
    () => database.close(),
    () => reader.close(),
  );
  return { database, reader };
}

/** SQLite says of its own limit what it says of a full disk. */
const fill = (database: Database): void =>
  database.execute(`PRAGMA max_page_count = ${String(database.get('PRAGMA page_count')?.[0])}`);
const free = (database: Database): void => database.execute('PRAGMA max_page_count = 1000000');

const command = (id: string): Command => ({
  commandId: commandId(id),
  service: 'calendar',
  stream: streamName('example/ada/home'),
  actor: 'ada',
  at: 0,
  notAfter: Number.MAX_SAFE_INTEGER,
  body: { type: 'RenewEpoch', epoch: 'e' },
});

/** A writer whose commands each take a page. */
function filling(database: Database): { writer: Writer; batches: number[] } {
  const batches: number[] = [];
  const insert = 'INSERT INTO commits (stream, version, command, types, body) VALUES (?, 1, ?, ?, ?)';
  const calendar = async (commands: readonly Command[]) => {
    batches.push(commands.length);
    for (const { commandId: id } of commands) database.run(insert, id, id, 'MemberPut', 'x'.repeat(10_000));
    return commands.map(() => accepted({ version: 1 }));
  };
  return {
    writer: new Writer(database, () => ({ calendar, tasks: calendar, directory: calendar, attachments: calendar })),
    batches,
  };
}

it('a full disk refuses the batch as a whole, once, until there is room again', async () => {
  const { database } = open();
  const { writer, batches } = filling(database);
  fill(database);
  const results = await Promise.allSettled(['a', 'b', 'c'].map((id) => writer.execute(command(id))));
  expect(results.map((result) => result.status === 'rejected' && result.reason instanceof Unavailable)).toEqual([
    true,
    true,
    true,
  ]);
  // The first one was alone; nothing is handled twice.
  expect(batches).toEqual([1, 2]);
  expect(database.get('SELECT count(*) FROM commits')).toEqual([0]);
  free(database);
  await writer.ready();
  expect(await writer.execute(command('a'))).toMatchObject({ kind: 'accepted' });
});

it('a writer whose store is held by another program is not ready', async () => {
  const { database } = open();
  const { writer } = filling(database);
  const other = openWriter(String(database.connection.location()));
  cleanups.push(() => other.close());
  database.execute('PRAGMA busy_timeout = 10');
  await expect(writer.ready()).resolves.toBeUndefined();
  other.execute('BEGIN IMMEDIATE');
  await expect(writer.ready()).rejects.toThrow(Unavailable);
  other.execute('ROLLBACK');
  await expect(writer.ready()).resolves.toBeUndefined();
});

it('a feed whose place cannot be kept tries again from there', async () => {
  const { database, reader } = open();
  const { writer } = filling(database);
  const feed = new SqliteEventFeed(reader, writer);
  const other = openWriter(String(database.connection.location()));
  cleanups.push(() => other.close());
  database.execute('PRAGMA busy_timeout = 10');
  const commit = { stream: 's', version: 1, commandId: 'c', actor: 'a', at: 0, events: [], outcome: { version: 1 } };
  const insert = "INSERT INTO commits (stream, version, command, types, body) VALUES ('s', 1, 'c', 'MemberPut', ?)";
  database.run(insert, JSON.stringify(commit));
  other.execute('BEGIN IMMEDIATE');
  let reactions = 0;
  feed.subscribe({
    name: 'test',
    types: new Set(['MemberPut']),
    react: async () => {
      reactions += 1;
      if (reactions > 1 && other.connection.isTransaction) other.execute('ROLLBACK');
    },
  });
  await feed.settled();
  expect(reactions).toBe(2);
  expect(reader.get('SELECT position FROM feed_consumers')).toEqual([1]);
  await feed.stop();
});
