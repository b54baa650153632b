import { beforeAll, describe, expect, inject, it } from 'vitest';
import { hostOf, newCalendar, type TestedService, testedService } from '../protocol/tested-service.js';
import { sync } from '../protocol/sync-client.js';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient } from '../support/dav-client.js';

const stack = inject('stack');

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

/** Each frontend by itself, past the balancer. */
function replicas(): Dav[] {
  const host = hostOf(tested);
  return (stack?.ports['dav-frontend'] ?? []).map((port) => {
    const dav = davClient(`http://127.0.0.1:${port}`);
    return (method, path, options = {}) => dav(method, path, { ...options, headers: { ...options.headers, host } });
  });
}

describe.skipIf(stack === undefined)('O2: after a 2xx of one frontend, every other one shows the write', () => {
  it('there are two of them', () => {
    expect(replicas()).toHaveLength(2);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])('written at %i, read at %i: contents, listings and tokens', async (writer, reader) => {
    const [here, there] = [replicas()[writer] as Dav, replicas()[reader] as Dav];
    const url = await newCalendar(here);
    let token = (await sync(there, url, '')).token;
    for (let round = 0; round < 20; round += 1) {
      const body = event('a', [`SUMMARY:round ${round}`]);
      const written = await here('PUT', `${url}a.ics`, { body });
      const read = await there('GET', `${url}a.ics`);
      expect([read.status, read.headers.etag, read.body]).toEqual([200, written.headers.etag, body]);
      const synced = await sync(there, url, token);
      expect(synced.changes.map(({ href }) => href)).toEqual([`${url}a.ics`]);
      token = synced.token;
    }
    expect((await here('DELETE', `${url}a.ics`)).status).toBe(204);
    expect((await there('GET', `${url}a.ics`)).status).toBe(404);
  });
});
