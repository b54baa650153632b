import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders, inner } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { type RunningService, startService, temporaryFolder } from '../support/running-service.js';

const cli = resolve(import.meta.dirname, '../../services/all-in-one/dist/cli.js');
const rounds = 10;
/** A restore of so small a store takes about half a second; the last rounds let it end on a quiet machine. */
const longest = 700;

const sync = (dav: Dav, folder: string, token: string) => {
  const body = `<d:sync-collection xmlns:d="DAV:"><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`;
  return dav('REPORT', folder, { body });
};

/** @returns true when it had ended before it was killed */
async function killedRestore({ env }: RunningService, file: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [cli, 'restore', file], { env, stdio: 'ignore' });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  await Promise.race([exited, delay(after)]);
  child.kill('SIGKILL');
  return (await exited)[0] === 0;
}

it('a restore that is killed leaves the old data with its tokens, or the backup with new ones', async () => {
  let service = await startService();
  let dav = davClient(service.url);
  const folders = Object.values(await defaultFolders(dav));
  const [calendar = ''] = folders;
  await dav('PUT', `${calendar}kept.ics`, { body: event('kept') });
  const file = join(temporaryFolder(), 'almanac.backup');
  expect((await runCli(service, ['backup', file])).code).toBe(0);
  for (let round = 0; round < rounds; round += 1) {
    expect((await dav('PUT', `${calendar}later${round}.ics`, { body: event(`later${round}`) })).status).toBe(201);
    const tokens = [];
    for (const folder of folders) tokens.push(inner((await sync(dav, folder, '')).body, 'd:sync-token') ?? '');
    await service.end(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
    const ended = await killedRestore(service, file, (longest * (round + Math.random())) / rounds);
    service = await service.restart();
    dav = davClient(service.url);
    expect((await dav('GET', `${calendar}kept.ics`)).status).toBe(200);
    const { status } = await dav('GET', `${calendar}later${round}.ics`);
    if (ended) expect(status).toBe(404);
    for (const [index, folder] of folders.entries()) {
      expect((await sync(dav, folder, tokens[index] ?? '')).status).toBe(status === 200 ? 207 : 403);
    }
  }
  await service.end();
  expect((await runCli(service, ['restore', file])).code).toBe(0);
  expect(readdirSync(join(service.folder, 'data')).filter((name) => name.includes('.restored'))).toEqual([]);
  expect(await runCli(service, ['verify', '--json'])).toMatchObject({ code: 0, json: { differences: [] } });
});
