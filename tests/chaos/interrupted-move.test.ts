import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders, hrefs } from '../support/dav-client.js';
import { startService } from '../support/running-service.js';

const rounds = 5;
const objects = 60;

async function names(dav: Dav, folder: string): Promise<string[]> {
  const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
  const answer = await dav('PROPFIND', folder, { headers: { depth: '1' }, body });
  return hrefs(answer.body)
    .filter((href) => href.endsWith('.ics'))
    .map((href) => href.slice(folder.length));
}

it('O1: a MOVE that is cut off by a crash is finished or was never done; the object is in exactly one place', async () => {
  let service = await startService();
  let dav = davClient(service.url);
  const home = (await defaultFolders(dav)).calendar;
  const away = '/calendars/user01/away/';
  expect((await dav('MKCALENDAR', away)).status).toBe(201);
  const all = Array.from({ length: objects }, (_, index) => `m${index}.ics`);
  await Promise.all(all.map((name) => dav('PUT', home + name, { body: event(name) })));
  for (let round = 0; round < rounds; round += 1) {
    const from = round % 2 === 0 ? home : away;
    const to = round % 2 === 0 ? away : home;
    const moves = Promise.allSettled(
      all.map((name) => dav('MOVE', from + name, { headers: { destination: to + name } })),
    );
    await delay(5 + Math.random() * 60);
    await service.end('SIGKILL');
    await moves;
    service = await service.restart();
    dav = davClient(service.url);
    const [left, arrived] = [await names(dav, from), await names(dav, to)];
    expect([...left, ...arrived].sort()).toEqual([...all].sort());
    await Promise.all(left.map((name) => dav('MOVE', from + name, { headers: { destination: to + name } })));
  }
});
