import { setTimeout as delay } from 'node:timers/promises';
import { connectMongo, GridFsBlobStore } from '@almanac/adapters-distributed';
import { tenantId } from '@almanac/contracts';
import { SignedLinks } from '@almanac/service-host';
import { beforeAll, expect, inject, it } from 'vitest';
import { addTo, attachLines, pathOf } from '../protocol/attachment-client.js';
import { newCalendar, put, type TestedService, testedService } from '../protocol/tested-service.js';
import { event } from '../support/calendar-data.js';
import { linkKey } from '../support/stack/global-setup.js';

const stack = inject('stack');
let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

async function attach(url: string, content: string): Promise<string> {
  await put(tested.dav, url, event(url));
  expect((await addTo(tested.dav, url, content)).status).toBe(201);
  return pathOf(attachLines((await tested.dav('GET', url)).body)[0]);
}

it.skipIf(stack === undefined)(
  'A6: what nobody refers to is collected by one of the replicas, and what is in use stays',
  async () => {
    const calendar = await newCalendar(tested.dav);
    const kept = await attach(`${calendar}kept.ics`, 'kept');
    await attach(`${calendar}gone.ics`, 'gone');
    await tested.dav('DELETE', `${calendar}gone.ics`);
    const client = connectMongo({ url: stack?.env['ALMANAC_MONGO_URL'] ?? '' });
    try {
      const blobs = new GridFsBlobStore(client.db('almanac'));
      const count = async () => (await blobs.list(tenantId(tested.service.tenant), '', 10)).length;
      expect(await count()).toBe(2);
      for (let attempt = 0; attempt < 150 && (await count()) > 1; attempt += 1) await delay(1_000);
      expect(await count()).toBe(1);
    } finally {
      await client.close();
    }
    expect((await tested.dav('GET', kept)).body).toBe('kept');
  },
);

it.skipIf(stack === undefined)('A1: a signed link is taken by every replica', async () => {
  const path = await attach(`${await newCalendar(tested.dav)}a.ics`, 'content');
  const links = new SignedLinks(async () => Buffer.from(linkKey));
  const target = { tenant: tested.service.tenant, managedId: path.split('/')[3] ?? '' };
  const query = await links.sign(target, Date.now() + 60_000);
  for (let each = 0; each < 4; each += 1) {
    const answer = await fetch(new URL(`${path}?${query}`, tested.service.url));
    expect([answer.status, await answer.text()]).toEqual([200, 'content']);
  }
});
