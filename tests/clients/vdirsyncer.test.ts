import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders, hrefs, inner } from '../support/dav-client.js';
import { type RunningService, startService } from '../support/running-service.js';
import { provisioned } from '../support/provisioned.js';
import { Vdirsyncer, type VdirsyncerOptions } from './support/vdirsyncer.js';

let service: RunningService;
let dav: Dav;

const path = (collection: string, name = ''): string => `/calendars/user01/${collection}/${name}`;

const put = async (collection: string, name: string, body: string): Promise<void> => {
  const { status } = await dav('PUT', path(collection, name), { body, headers: { 'content-type': 'text/calendar' } });
  expect([201, 204]).toContain(status);
};

const read = async (collection: string, name: string): Promise<string> =>
  (await dav('GET', path(collection, name))).body;

const depthOne = { headers: { depth: '1' }, body: '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>' };

/** Names of the objects on the server. */
async function members(collection: string): Promise<string[]> {
  const { body } = await dav('PROPFIND', path(collection), depthOne);
  return hrefs(body)
    .filter((href) => href.endsWith('.ics'))
    .map((href) => href.slice(path(collection).length))
    .sort();
}

async function property(collection: string, name: string, namespace: string): Promise<string | undefined> {
  const body = `<d:propfind xmlns:d="DAV:"><d:prop><x:${name} xmlns:x="${namespace}"/></d:prop></d:propfind>`;
  const answer = await dav('PROPFIND', path(collection), { headers: { depth: '0' }, body });
  return inner(answer.body, `[a-z]+:${name}`);
}

const ctag = (collection: string) => property(collection, 'getctag', 'http://calendarserver.org/ns/');

/** What vdirsyncer says of objects that it copies, changes or deletes. */
const actions = (output: string): string[] => output.match(/(Copying|Deleting) .*/g) ?? [];

let made = 0;

const { path: program, missing, note } = provisioned('vdirsyncer');

describe.skipIf(missing)(`vdirsyncer${note}`, () => {
  beforeAll(async () => {
    service = await startService();
    dav = davClient(service.url);
  });

  const pair = (collections: readonly string[], more: Partial<VdirsyncerOptions> = {}) =>
    new Vdirsyncer({ program, url: `${service.url}/`, collections, ...more });

  /** A pair over a new collection that both sides know, with these events on both. */
  async function synced(events: readonly string[], more: Partial<VdirsyncerOptions> = {}) {
    const collection = `work-${++made}`;
    const client = pair([collection], more);
    await client.succeed('discover');
    for (const name of events) await put(collection, `${name}.ics`, event(name));
    await client.succeed('sync');
    return { client, collection };
  }

  it('finds the default calendar and tasks folder from the server root [C4]', async () => {
    const client = pair(['from b']);
    await client.succeed('discover');
    const { calendar, tasks } = await defaultFolders(dav);
    expect(client.collections()).toEqual(
      [calendar, tasks].map((href) => href.split('/').at(-2) ?? '').toSorted((one, other) => one.localeCompare(other)),
    );
  });

  it('finds the same when the home is the address [C4]', async () => {
    const client = pair(['from b'], { url: `${service.url}/calendars/user01/` });
    await client.succeed('discover');
    expect(client.collections().length).toBeGreaterThanOrEqual(2);
  });

  it('creates on the server a collection that only the client has [C4, N1]', async () => {
    const client = pair(['home']);
    await client.succeed('discover');
    expect((await dav('PROPFIND', path('home'), depthOne)).body).toContain('<d:href>/calendars/user01/home/</d:href>');
  });

  it('copies both ways on the first sync [C4]', async () => {
    const { client, collection } = await synced(['remote']);
    client.write(collection, 'local.ics', event('local'));
    await client.succeed('sync');
    expect(client.files(collection)).toEqual(['local.ics', 'remote.ics']);
    expect(await members(collection)).toEqual(['local.ics', 'remote.ics']);
    expect(client.read(collection, 'remote.ics').replaceAll('\r', '')).toBe(event('remote').replaceAll('\r', ''));
    expect(await read(collection, 'local.ics')).toContain('SUMMARY:Event local');
  });

  it('carries a change of either side to the other [C4]', async () => {
    const { client, collection } = await synced(['one', 'two']);
    client.write(collection, 'one.ics', event('one', ['SUMMARY:Changed here']));
    await put(collection, 'two.ics', event('two', ['SUMMARY:Changed there']));
    await client.succeed('sync');
    expect(await read(collection, 'one.ics')).toContain('SUMMARY:Changed here');
    expect(client.read(collection, 'two.ics')).toContain('SUMMARY:Changed there');
  });

  it('carries a deletion of either side to the other [C4]', async () => {
    const { client, collection } = await synced(['one', 'two', 'kept']);
    client.remove(collection, 'one.ics');
    await dav('DELETE', path(collection, 'two.ics'));
    await client.succeed('sync');
    expect(await members(collection)).toEqual(['kept.ics']);
    expect(client.files(collection)).toEqual(['kept.ics']);
  });

  it('settles a conflict as configured: the local side wins [C4]', async () => {
    const { client, collection } = await synced(['one'], { conflictResolution: 'a wins' });
    client.write(collection, 'one.ics', event('one', ['SUMMARY:Changed here']));
    await put(collection, 'one.ics', event('one', ['SUMMARY:Changed there']));
    await client.succeed('sync');
    expect(await read(collection, 'one.ics')).toContain('SUMMARY:Changed here');
    expect(client.read(collection, 'one.ics')).toContain('SUMMARY:Changed here');
  });

  it('touches neither side of a conflict that nobody settled [C4]', async () => {
    const { client, collection } = await synced(['one']);
    client.write(collection, 'one.ics', event('one', ['SUMMARY:Changed here']));
    await put(collection, 'one.ics', event('one', ['SUMMARY:Changed there']));
    expect((await client.run('sync')).code).not.toBe(0);
    expect(await read(collection, 'one.ics')).toContain('SUMMARY:Changed there');
    expect(client.read(collection, 'one.ics')).toContain('SUMMARY:Changed here');
  });

  it('does nothing when nothing has changed [C4]', async () => {
    const { client, collection } = await synced(['one', 'two']);
    client.write(collection, 'three.ics', event('three'));
    expect(actions(await client.succeed('sync'))).toHaveLength(1);
    const before = [await ctag(collection), ...client.stamps(collection)];
    expect(actions(await client.succeed('sync'))).toEqual([]);
    expect([await ctag(collection), ...client.stamps(collection)]).toEqual(before);
  });

  it('syncs name and colour both ways [C4]', async () => {
    const { client, collection } = await synced(['one']);
    client.write(collection, 'displayname', 'Work & play');
    client.write(collection, 'color', '#1122cc');
    await client.succeed('metasync');
    expect(await property(collection, 'displayname', 'DAV:')).toBe('Work &amp; play');
    expect(await property(collection, 'calendar-color', 'http://apple.com/ns/ical/')).toBe('#1122cc');
    const set = '<d:set><d:prop><d:displayname>Work</d:displayname></d:prop></d:set>';
    const body = `<d:propertyupdate xmlns:d="DAV:">${set}</d:propertyupdate>`;
    expect((await dav('PROPPATCH', path(collection), { body })).status).toBe(207);
    await client.succeed('metasync');
    expect(client.read(collection, 'displayname')).toBe('Work');
  });

  it('syncs tasks both ways [C4]', async () => {
    const tasks = (await defaultFolders(dav)).tasks.split('/').at(-2) ?? '';
    const client = pair([tasks]);
    await client.succeed('discover');
    await put(tasks, 'remote.ics', todo('remote', ['DUE:20261124T100000Z']));
    client.write(tasks, 'local.ics', todo('local', ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100']));
    await client.succeed('sync');
    expect(client.files(tasks)).toEqual(['local.ics', 'remote.ics']);
    expect(await read(tasks, 'local.ics')).toContain('STATUS:COMPLETED');
  });

  it('syncs only the events of a time range when it is told to [C4]', async () => {
    const range = ['start_date = "datetime(2026, 11, 1)"', 'end_date = "datetime(2026, 12, 1)"'];
    const collection = `work-${++made}`;
    const client = pair([collection], { remote: [...range, 'item_types = ["VEVENT"]'] });
    await client.succeed('discover');
    const weekly = ['DTSTART:20250106T090000Z', 'RRULE:FREQ=WEEKLY'];
    await put(collection, 'weekly.ics', event('weekly', weekly));
    await put(collection, 'inside.ics', event('inside'));
    await put(collection, 'before.ics', event('before', ['DTSTART:20261001T090000Z']));
    await client.succeed('sync');
    expect(client.files(collection)).toEqual(['inside.ics', 'weekly.ics']);
  });

  it('syncs a hundred events with UIDs beyond ASCII [C4]', async () => {
    const { client, collection } = await synced([]);
    const uids = Array.from({ length: 100 }, (_, index) => `event@${index} ü`);
    for (const [index, uid] of uids.entries()) client.write(collection, `file-${index}.ics`, event(uid));
    await client.succeed('sync');
    expect(await members(collection)).toHaveLength(100);
    expect(actions(await client.succeed('sync'))).toEqual([]);
  });
});
