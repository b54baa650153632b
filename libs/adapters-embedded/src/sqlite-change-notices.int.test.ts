import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenantId } from '@almanac/contracts';
import type { ChangeNotice } from '@almanac/ports';
import { afterEach, expect, it } from 'vitest';
import { openReader, openWriter } from './database.js';
import { SqliteChangeNotices } from './sqlite-change-notices.js';

const folder = mkdtempSync(join(tmpdir(), 'almanac-notices-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tells who listens which streams of their tenant have new commits, and nobody what was before', async () => {
  const path = join(folder, 'almanac.sqlite');
  const writer = openWriter(path);
  const reader = openReader(path);
  const commits = new EventEmitter();
  const notices = new SqliteChangeNotices(reader, commits);
  const heard: string[][] = [];
  const hear = (told: readonly ChangeNotice[]) =>
    void heard.push(told.map(({ stream, types }) => `${stream} ${types.join()}`));
  const tenant = tenantId('t');
  const commit = (stream: string, version: number) => {
    writer.run(
      "INSERT INTO commits (stream, version, command, types, body) VALUES (?, ?, ?, 'MemberPut', '')",
      ...[stream, version, `${stream} ${version}`],
    );
    commits.emit('message');
  };
  commit('t/ada/before', 1);
  const hush = await notices.follow(tenant, hear);
  commit('t/ada/work', 1);
  commit('t/ada/work', 2);
  commit('other/ada/work', 1);
  commits.emit('message');
  hush();
  commit('t/ada/after', 1);
  expect(heard).toEqual([['t/ada/work MemberPut'], ['t/ada/work MemberPut']]);
  const again = await notices.follow(tenant, hear);
  commit('t/bob/home', 1);
  again();
  expect(heard.at(-1)).toEqual(['t/bob/home MemberPut']);
  reader.close();
  writer.close();
});
