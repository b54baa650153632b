import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { addTo, attachLines, pathOf } from '../protocol/attachment-client.js';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { startService } from '../support/running-service.js';

const rounds = 6;
const objects = 12;
const content = (name: string, round: number): string => `${name} ${round} `.repeat(5_000);

function blobsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((digits) => readdirSync(join(folder, digits)));
}

/** Adds, drops and sends inline, in one go. */
async function change(dav: Dav, url: string, round: number): Promise<unknown> {
  if (round % 3 === 0) return addTo(dav, url, content(url, round));
  const base64 = Buffer.from(content(url, round)).toString('base64');
  const inline = round % 3 === 1 ? [`ATTACH;ENCODING=BASE64;VALUE=BINARY:${base64}`] : [];
  return dav('PUT', url, { body: event(url, inline) });
}

it('A6: killed in the middle of uploads, no object refers to nothing, and nothing is left that nobody refers to', async () => {
  let service = await startService({ env: { ALMANAC_ATTACHMENT_GRACE: '3' } });
  let dav = davClient(service.url);
  const { calendar } = await defaultFolders(dav);
  const urls = Array.from({ length: objects }, (_, index) => `${calendar}m${index}.ics`);
  await Promise.all(urls.map((url) => dav('PUT', url, { body: event(url) })));
  const acknowledged = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    const changes = Promise.allSettled(urls.map((url) => change(dav, url, round)));
    await delay(2 + Math.random() * 60);
    await service.end('SIGKILL');
    await changes;
    service = await service.restart();
    dav = davClient(service.url);
    // What a client was told of is there: one more upload, which is waited for.
    const one = `${calendar}told${round}.ics`;
    await dav('PUT', one, { body: event(one) });
    expect((await addTo(dav, one, content('told', round))).status).toBe(201);
    acknowledged.set(one, content('told', round));
  }
  const referred = new Set<string>();
  for (const url of [...urls, ...acknowledged.keys()]) {
    const { body } = await dav('GET', url);
    const contents: string[] = [];
    for (const path of attachLines(body).map(pathOf)) {
      const data = await dav('GET', path);
      expect([path, data.status]).toEqual([path, 200]);
      contents.push(data.body);
      referred.add(data.body);
    }
    const told = acknowledged.get(url);
    if (told !== undefined) expect(contents).toContain(told);
  }
  const blobs = join(service.folder, 'data', 'blobs', 'example');
  for (let attempt = 0; attempt < 300 && blobsIn(blobs).length > referred.size; attempt += 1) await delay(100);
  expect(blobsIn(blobs)).toHaveLength(referred.size);
  expect((await runCli(service, ['verify'])).stdout).toContain('no difference');
});
