import fc from 'fast-check';
import { beforeAll, expect, inject, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { listed, SyncingClient } from './sync-client.js';
import { newCalendar, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

type Operation =
  | { readonly kind: 'put' | 'delete' | 'proppatch'; readonly name: number }
  | { readonly kind: 'move'; readonly name: number; readonly to: number }
  | { readonly kind: 'away'; readonly name: number }
  | { readonly kind: 'step'; readonly limit: number };

const name = fc.integer({ min: 0, max: 7 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('proppatch' as const), name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), name, to: name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('step' as const), limit: fc.integer({ min: 1, max: 4 }) }) },
);

let revision = 0;

/** Carries an operation out, whatever comes of it. */
async function apply(url: string, elsewhere: string, done: Exclude<Operation, { kind: 'step' }>): Promise<void> {
  const { dav } = tested;
  const member = `${url}${done.name}.ics`;
  switch (done.kind) {
    case 'put':
      // Another UID for each: whatever is there under the name is replaced or refused, both are fine.
      await dav('PUT', member, { body: event(`u${done.name}`, [`SUMMARY:${++revision}`]) });
      return;
    case 'delete':
      await dav('DELETE', member);
      return;
    case 'proppatch':
      await dav('PROPPATCH', member, {
        body: '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><x>1</x></d:prop></d:set></d:propertyupdate>',
      });
      return;
    case 'move':
      await dav('MOVE', member, { headers: { destination: `${url}${done.to}.ics` } });
      return;
    case 'away':
      await dav('MOVE', member, { headers: { destination: `${elsewhere}${++revision}.ics` } });
      return;
  }
}

it('a client that only syncs incrementally, with any limits, ends with exactly what a listing shows (RFC 6578 3.5, 3.6)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (operations, limit) => {
        const [url, elsewhere] = [await newCalendar(tested.dav), await newCalendar(tested.dav)];
        const [client, other] = [new SyncingClient(tested.dav, url), new SyncingClient(tested.dav, elsewhere)];
        for (const each of operations) {
          if (each.kind === 'step') await client.step(each.limit);
          else await apply(url, elsewhere, each);
        }
        await client.finish(limit);
        await other.finish();
        expect(client.etags).toEqual(await listed(tested.dav, url));
        expect(other.etags).toEqual(await listed(tested.dav, elsewhere));
        for (const folder of [url, elsewhere]) expect((await tested.dav('DELETE', folder)).status).toBe(204);
      },
    ),
    { numRuns: inject('stack') === undefined ? 60 : 20 },
  );
});

it('also while others write at the same time', async () => {
  const [url, elsewhere] = [await newCalendar(tested.dav), await newCalendar(tested.dav)];
  const client = new SyncingClient(tested.dav, url);
  const operations = fc.sample(operation, { numRuns: 400, seed: 42 });
  const writers = [0, 1, 2, 3].map(async (lane) => {
    for (const [index, each] of operations.entries()) {
      if (index % 4 === lane && each.kind !== 'step') await apply(url, elsewhere, each);
    }
  });
  let writing = true;
  const reader = (async () => {
    while (writing) await client.step(3);
  })();
  await Promise.all(writers);
  writing = false;
  await reader;
  await client.finish(2);
  expect(client.etags).toEqual(await listed(tested.dav, url));
});
