import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { type DavAnswer, defaultFolders } from '../support/dav-client.js';
import { deepText, hrefsIn, list, property, proppatch, refusal, report, responses, set, xml } from './dav-xml.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

let from: string;
let to: string;
let etag: string;
beforeEach(async () => {
  from = await newCalendar(tested.dav);
  to = await newCalendar(tested.dav);
  etag = (await put(tested.dav, `${from}a.ics`, event('a'))).headers.etag ?? '';
});

const send = (
  method: string,
  source: string,
  destination: string | undefined,
  headers: Record<string, string> = {},
): Promise<DavAnswer> =>
  tested.dav(method, source, { headers: { ...(destination === undefined ? {} : { destination }), ...headers } });
const status = async (path: string) => (await tested.dav('GET', path)).status;
const names = async (folder: string) =>
  (await list(tested.dav, folder, 'd:getetag')).slice(1).map(({ href }) => href.slice(folder.length));

describe.each(['COPY', 'MOVE'])('%s', (method) => {
  const source = method === 'COPY' ? 200 : 404;

  it('to another collection: 201, the octets and the dead properties go along (RFC 4918 9.8.2, 9.9.1)', async () => {
    await proppatch(tested.dav, `${from}a.ics`, set('<x:dead>kept</x:dead>'));
    const answer = await send(method, `${from}a.ics`, `${to}b%20c.ics`);
    expect([answer.status, answer.headers.location]).toEqual([201, `${to}b%20c.ics`]);
    expect((await tested.dav('GET', `${to}b%20c.ics`)).body).toBe(event('a'));
    expect(await property(tested.dav, `${to}b%20c.ics`, 'x:dead')).toBe('kept');
    expect(await status(`${from}a.ics`)).toBe(source);
  });

  it.each([
    ['an absolute URL', (path: string) => tested.service.url + path],
    [
      'an absolute URL of another port and scheme (behind a proxy)',
      (path: string) => `https://${new URL(tested.service.url).hostname}${path}`,
    ],
    [
      'an absolute URL of another host name of the tenant (behind a proxy that sets Host)',
      (path: string) => `https://${tested.service.otherHost}${path}`,
    ],
    ['a path', (path: string) => path],
    ['a path in another spelling', (path: string) => path.replace('b.ics', '%62%2eics')],
  ])('Destination is %s (RFC 4918 10.3)', async (_what, spell) => {
    expect((await send(method, `${from}a.ics`, spell(`${to}b.ics`))).status).toBe(201);
    expect(await names(to)).toEqual(['b.ics']);
  });

  it.each([
    ['missing', undefined, 400],
    ['empty', '', 400],
    ['on another host', 'http://elsewhere.example/calendars/user01/x/b.ics', 502],
    ['of another scheme', 'mailto:a@example.org', 400],
    ['relative', 'b.ics', 400],
    ['with a dot segment', '/calendars/user01/../user02/b.ics', 400],
  ])('Destination is %s (RFC 4918 9.8.5)', async (_what, destination, expected) => {
    expect((await send(method, `${from}a.ics`, destination)).status).toBe(expected);
    expect(await status(`${from}a.ics`)).toBe(200);
  });

  it('onto itself, in any spelling: 403 (RFC 4918 9.8.5, 9.9.4)', async () => {
    for (const path of [`${from}a.ics`, `${from}%61.ics`])
      expect((await send(method, `${from}a.ics`, path)).status).toBe(403);
    expect(await status(`${from}a.ics`)).toBe(200);
  });

  it('onto a member of the same UID: 204, or 412 with Overwrite: F (RFC 4918 10.6)', async () => {
    await put(tested.dav, `${to}b.ics`, event('a', ['SUMMARY:Old']));
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { overwrite: 'F' })).status).toBe(412);
    expect([(await tested.dav('GET', `${to}b.ics`)).body, await status(`${from}a.ics`)]).toEqual([
      event('a', ['SUMMARY:Old']),
      200,
    ]);
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { overwrite: 'T' })).status).toBe(204);
    expect((await tested.dav('GET', `${to}b.ics`)).body).toBe(event('a'));
    expect(await status(`${from}a.ics`)).toBe(source);
  });

  it('Overwrite: F where nothing is: 201; another value: 400', async () => {
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { overwrite: 'maybe' })).status).toBe(400);
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { overwrite: 'F' })).status).toBe(201);
  });

  it('where another member has the UID: 403 no-uid-conflict, naming it (RFC 4791 5.3.2.1)', async () => {
    await put(tested.dav, `${to}held.ics`, event('a'));
    const answer = await send(method, `${from}a.ics`, `${to}b.ics`);
    expect(refusal(answer)).toBe('403 c:no-uid-conflict');
    expect(hrefsIn(answer.xml())).toEqual([`${to}held.ics`]);
    expect([await status(`${from}a.ics`), await names(to)]).toEqual([200, ['held.ics']]);
  });

  it('where the component is not supported: 403 supported-calendar-component', async () => {
    expect(refusal(await send(method, `${from}a.ics`, `${tested.tasks}a.ics`))).toBe(
      '403 c:supported-calendar-component',
    );
    await put(tested.dav, `${tested.tasks}${method}.ics`, todo(method));
    expect(refusal(await send(method, `${tested.tasks}${method}.ics`, `${tested.calendar}t.ics`))).toBe(
      '403 c:supported-calendar-component',
    );
    expect(await status(`${tested.tasks}${method}.ics`)).toBe(200);
  });

  it('a task between collections of different services', async () => {
    await put(tested.dav, `${tested.tasks}${method}2.ics`, todo(`${method}2`));
    expect((await send(method, `${tested.tasks}${method}2.ics`, `${to}t.ics`)).status).toBe(201);
    expect((await tested.dav('GET', `${to}t.ics`)).body).toBe(todo(`${method}2`));
    expect(await status(`${tested.tasks}${method}2.ics`)).toBe(source);
  });

  it('to where no member can be: 409 without a collection, 403 beside the collections, 405 on a collection', async () => {
    expect((await send(method, `${from}a.ics`, '/calendars/user01/missing/a.ics')).status).toBe(409);
    expect(refusal(await send(method, `${from}a.ics`, '/calendars/user01/a.ics'))).toBe(
      '403 c:calendar-collection-location-ok',
    );
    expect((await send(method, `${from}a.ics`, to)).status).toBeGreaterThanOrEqual(400);
    expect(await status(`${from}a.ics`)).toBe(200);
    expect(await names(to)).toEqual([]);
  });

  it('a collection is refused: its URL stays what it is (N2, RFC 4791 5.3.2.1)', async () => {
    const answer = await send(method, from, '/calendars/user01/renamed/');
    expect(refusal(answer)).toBe('403 c:calendar-collection-location-ok');
    expect([await status(from), await status('/calendars/user01/renamed/')]).toEqual([200, 404]);
  });

  it("to or from another user's home: as where there is nothing (S4)", async () => {
    const { calendar: theirs } = await defaultFolders(tested.stranger, 'user02');
    await put(tested.stranger, `${theirs}their-${method}.ics`, event(`their-${method}`));
    expect((await send(method, `${from}a.ics`, `${theirs}mine.ics`)).status).toBe(409);
    expect((await send(method, `${theirs}their-${method}.ics`, `${to}x.ics`)).status).toBe(404);
    expect((await list(tested.stranger, theirs, 'd:getetag')).map(({ href }) => href)).not.toContain(
      `${theirs}mine.ics`,
    );
    expect([await status(`${from}a.ics`), await names(to)]).toEqual([200, []]);
  });

  it('a source that is not there: 404', async () => {
    expect((await send(method, `${from}none.ics`, `${to}b.ics`)).status).toBe(404);
  });

  it('If-Match and If-None-Match are for the source (RFC 9110 13.1)', async () => {
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { 'if-match': '"x"' })).status).toBe(412);
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { 'if-none-match': etag })).status).toBe(412);
    expect(await names(to)).toEqual([]);
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { 'if-match': etag })).status).toBe(201);
  });

  it('an If header on the destination (RFC 4918 10.4.2)', async () => {
    const there = (await put(tested.dav, `${to}b.ics`, event('a'))).headers.etag;
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { if: `<${to}b.ics> (["x"])` })).status).toBe(412);
    expect((await send(method, `${from}a.ics`, `${to}b.ics`, { if: `<${to}b.ics> ([${there}])` })).status).toBe(204);
  });
});

it('MOVE renames within a collection, and the UID goes with it', async () => {
  expect((await send('MOVE', `${from}a.ics`, `${from}b.ics`)).status).toBe(201);
  expect(await names(from)).toEqual(['b.ics']);
  expect((await tested.dav('GET', `${from}b.ics`)).body).toBe(event('a'));
  expect(refusal(await tested.dav('PUT', `${from}c.ics`, { body: event('a') }))).toBe('403 c:no-uid-conflict');
  expect((await send('MOVE', `${from}b.ics`, `${from}a.ics`)).status).toBe(201);
  expect(await names(from)).toEqual(['a.ics']);
});

it('COPY within a collection is a UID conflict (RFC 4791 5.3.2.1)', async () => {
  expect(refusal(await send('COPY', `${from}a.ics`, `${from}b.ics`))).toBe('403 c:no-uid-conflict');
});

it('MOVE is told to clients that sync on both sides (RFC 6578 3.5)', async () => {
  const tokens = await Promise.all([from, to].map((folder) => property(tested.dav, folder, 'd:sync-token')));
  await send('MOVE', `${from}a.ics`, `${to}b.ics`);
  const changes = async (folder: string, token = '') =>
    responses(
      await report(
        tested.dav,
        folder,
        xml(
          'd:sync-collection',
          `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop>`,
        ),
      ),
    );
  expect(await changes(from, tokens[0])).toMatchObject([{ href: `${from}a.ics`, status: 404 }]);
  const [arrived] = await changes(to, tokens[1]);
  expect([arrived?.href, deepText(arrived?.found['d:getetag'])]).toEqual([
    `${to}b.ics`,
    (await tested.dav('GET', `${to}b.ics`)).headers.etag,
  ]);
});

it('an ETag of the source is none of the target: another resource has another tag', async () => {
  await send('MOVE', `${from}a.ics`, `${to}a.ics`);
  expect((await tested.dav('PUT', `${to}a.ics`, { headers: { 'if-match': etag }, body: event('a') })).status).toBe(412);
});

it('many MOVEs at once of one member: it ends in exactly one place', async () => {
  const targets = await Promise.all(Array.from({ length: 5 }, () => newCalendar(tested.dav)));
  const answers = await Promise.all(targets.map((target) => send('MOVE', `${from}a.ics`, `${target}a.ics`)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  const found = (await Promise.all(targets.map(names))).flat();
  expect([found, await names(from)]).toEqual([['a.ics'], []]);
});

it('COPY of a member gives a resource of its own: a change of one is none of the other', async () => {
  const folder = await calendarWith(tested.dav, { 'a.ics': event('a') });
  await send('COPY', `${folder}a.ics`, `${to}a.ics`);
  await put(tested.dav, `${to}a.ics`, event('a', ['SUMMARY:Changed']));
  expect((await tested.dav('GET', `${folder}a.ics`)).body).toBe(event('a'));
});
