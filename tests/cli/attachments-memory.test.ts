import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { attachLines, pathOf } from '../protocol/attachment-client.js';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { downloadSize, uploadPieces } from '../support/large-upload.js';
import { runCli } from '../support/run-cli.js';
import { startService } from '../support/running-service.js';

const mebibyte = 1_048_576;
/** 50 MiB each, in quarters of a MiB. */
const piecesOfOne = 200;
const uploads = 20;
const together = 4;

/** Resident memory of a process, in octets. */
const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

it('A6: a gigabyte goes in and out, in pieces of 50 MiB, and is never held in memory', async () => {
  const service = await startService();
  const dav = davClient(service.url);
  const pid = service.pid ?? 0;
  const large = ['--attachment-quota-bytes', '9000000000', '--quota-bytes', '9000000000'];
  await runCli(service, ['tenant', 'set', 'example', ...large]);
  const { calendar } = await defaultFolders(dav);
  const url = `${calendar}a.ics`;
  await dav('PUT', url, { body: event('a') });
  const target = new URL(`${url}?action=attachment-add`, service.url);
  const upload = (seed: number) =>
    uploadPieces(target, { method: 'POST', headers: { 'content-type': 'image/png' }, count: piecesOfOne, seed });
  // The first one brings in what is only loaded once.
  expect(await upload(0)).toBe(201);
  const before = residentOf(pid);
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, residentOf(pid))), 50);
  for (let seed = 1; seed < uploads; seed += together) {
    const answers = await Promise.all(Array.from({ length: together }, (_, index) => upload(seed + index)));
    expect(answers).toEqual(Array(together).fill(201));
  }
  const paths = attachLines((await dav('GET', url)).body).map(pathOf);
  expect(paths.length).toBeGreaterThanOrEqual(uploads);
  for (const path of paths) expect(await downloadSize(new URL(path, service.url))).toBe(50 * mebibyte);
  clearInterval(watch);
  const growth = (most - before) / mebibyte;
  console.log(`attachments: ${paths.length * 50} MiB in and out, ${Math.round(growth)} MiB more resident memory`);
  expect(growth).toBeLessThan(150);
}, 300_000);
