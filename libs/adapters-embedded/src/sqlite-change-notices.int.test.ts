import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openReader, openWriter } from './database.js';
import { SqliteChangeNotices } from './sqlite-change-notices.js';

const folder = mkdtempSync(join(tmpdir(), 'almanac-notices-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tells who listens which streams have new commits, and nobody what was before', () => {
  const path = join(folder, 'almanac.sqlite');
  const writer = openWriter(path);
  const reader = openReader(path);
  const commits = new EventEmitter();
  const notices = new SqliteChangeNotices(reader, commits);
  const heard: string[][] = [];
  const commit = (stream: string, version: number) => {
    writer.run(
      "INSERT INTO commits (stream, version, command, types, body) VALUES (?, ?, ?, '', '')",
      ...[stream, version, `${stream} ${version}`],
    );
    commits.emit('message');
  };
  commit('t/ada/before', 1);
  const hush = notices.follow((streams) => heard.push([...streams]));
  commit('t/ada/work', 1);
  commit('t/ada/work', 2);
  commits.emit('message');
  hush();
  commit('t/ada/after', 1);
  expect(heard).toEqual([['t/ada/work'], ['t/ada/work']]);
  const again = notices.follow((streams) => heard.push([...streams]));
  commit('t/bob/home', 1);
  again();
  expect(heard.at(-1)).toEqual(['t/bob/home']);
  reader.close();
  writer.close();
});
