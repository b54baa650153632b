import { createAccount, createDAVClient, type DAVAccount, type DAVCalendar, DAVNamespaceShort } from 'tsdav';
import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { davClient } from '../support/dav-client.js';
import { type RunningService, startService } from '../support/running-service.js';

const credentials = { username: 'user01', password: 'user01' };
const weekly = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=4'];

let service: RunningService;
let client: Awaited<ReturnType<typeof createDAVClient>>;

beforeAll(async () => {
  service = await startService();
  client = await connect();
});

const connect = (user = credentials) =>
  createDAVClient({
    serverUrl: service.url,
    credentials: user,
    authMethod: 'Basic',
    defaultAccountType: 'caldav',
  });

let made = 0;

/** A calendar of its own for each test, as tsdav lists it. */
async function freshCalendar(): Promise<DAVCalendar> {
  const url = `${service.url}/calendars/user01/tsdav-${++made}/`;
  const [answer] = await client.makeCalendar({
    url,
    props: { [`${DAVNamespaceShort.DAV}:displayname`]: `Plan ${made}` },
  });
  expect(answer).toMatchObject({ status: 201 });
  return listed(url);
}

async function listed(url: string): Promise<DAVCalendar> {
  const found = (await client.fetchCalendars()).find((calendar) => calendar.url === url);
  if (found === undefined) throw new Error(`${url} is not listed`);
  return found;
}

const put = (calendar: DAVCalendar, uid: string, lines: readonly string[] = []) =>
  client.createCalendarObject({ calendar, filename: `${uid}.ics`, iCalString: event(uid, lines) });

const multiget = (calendar: DAVCalendar, members: readonly string[]) =>
  client.calendarMultiGet({
    url: calendar.url,
    props: { 'd:getetag': {}, 'c:calendar-data': {} },
    objectUrls: members.map((name) => new URL(calendar.url).pathname + name),
    depth: '1',
  });

const names = (objects: readonly { url: string }[] | undefined): string[] =>
  (objects ?? []).map(({ url }) => decodeURIComponent(url.split('/').at(-1) ?? '')).sort();

describe('tsdav: account set-up', () => {
  it('finds principal, home and calendars from the server root, user name and password [C4]', async () => {
    const account: DAVAccount = await createAccount({
      account: { serverUrl: service.url, accountType: 'caldav', credentials },
      headers: { authorization: `Basic ${Buffer.from('user01:user01').toString('base64')}` },
      loadCollections: true,
    });
    expect(account.rootUrl).toBe(`${service.url}/`);
    expect(account.principalUrl).toBe(`${service.url}/principals/users/user01/`);
    expect(account.homeUrl).toBe(`${service.url}/calendars/user01/`);
    expect(account.calendars?.map(({ displayName, components }) => [displayName, components]).sort()).toEqual([
      ['Calendar', ['VEVENT']],
      ['Tasks', ['VTODO']],
    ]);
  });

  it('is refused with a wrong password [C4]', async () => {
    await expect(connect({ username: 'user01', password: 'wrong' })).rejects.toThrow(/credentials|401|principal/i);
  });

  it('lists what a calendar is able to: name, ctag, sync token, reports [C4]', async () => {
    const calendar = await freshCalendar();
    expect(calendar.displayName).toBe(`Plan ${made}`);
    expect(calendar.ctag).toBeTruthy();
    expect(calendar.syncToken).toMatch(/[:/]/);
    expect(calendar.reports).toEqual(
      expect.arrayContaining(['calendarQuery', 'calendarMultiget', 'syncCollection', 'freeBusyQuery']),
    );
  });

  it('learns the addresses of the user, the primary one first [C4]', async () => {
    const account = await client.createAccount({ account: { accountType: 'caldav' } });
    const addresses = await client.fetchCalendarUserAddresses({ account });
    expect(addresses.slice(0, 2)).toEqual(['mailto:user01@example.org', 'mailto:u1@example.org']);
  });
});

describe('tsdav: objects', () => {
  it('creates, reads, changes and deletes an event with ETags [C4]', async () => {
    const calendar = await freshCalendar();
    const created = await put(calendar, 'one');
    expect(created.status).toBe(201);
    const etag = created.headers.get('etag') ?? '';
    const [object] = await client.fetchCalendarObjects({ calendar });
    expect(object).toMatchObject({ url: `${calendar.url}one.ics`, etag });

    const data = event('one', ['SUMMARY:Moved to Friday']);
    const changed = await client.updateCalendarObject({ calendarObject: { url: object?.url ?? '', data, etag } });
    expect(changed.status).toBe(204);
    const [again] = await client.fetchCalendarObjects({ calendar });
    expect(again?.etag).toBe(changed.headers.get('etag'));
    expect(again?.data).toContain('SUMMARY:Moved to Friday');

    const gone = await client.deleteCalendarObject({
      calendarObject: { url: object?.url ?? '', etag: again?.etag ?? '' },
    });
    expect(gone.status).toBe(204);
    expect(await client.fetchCalendarObjects({ calendar })).toEqual([]);
  });

  it('creates nothing over an existing object [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'one', ['SUMMARY:First']);
    expect((await put(calendar, 'one', ['SUMMARY:Second'])).status).toBe(412);
    const [object] = await client.fetchCalendarObjects({ calendar });
    expect(object?.data).toContain('SUMMARY:First');
  });

  it('neither changes nor deletes with a stale ETag [C4]', async () => {
    const calendar = await freshCalendar();
    const etag = (await put(calendar, 'one')).headers.get('etag') ?? '';
    const url = `${calendar.url}one.ics`;
    const other = event('one', ['SUMMARY:Of another client']);
    await client.updateCalendarObject({ calendarObject: { url, data: other, etag } });
    const late = await client.updateCalendarObject({
      calendarObject: { url, data: event('one', ['SUMMARY:Late']), etag },
    });
    expect(late.status).toBe(412);
    expect((await client.deleteCalendarObject({ calendarObject: { url, etag } })).status).toBe(412);
    const [object] = await client.fetchCalendarObjects({ calendar });
    expect(object?.data).toContain('SUMMARY:Of another client');
  });
});

describe('tsdav: queries', () => {
  it('fetches the objects of a time range, recurring ones included [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'weekly', weekly);
    await put(calendar, 'single');
    const timeRange = { start: '2026-01-19T00:00:00Z', end: '2026-01-20T00:00:00Z' };
    const objects = await client.fetchCalendarObjects({ calendar, timeRange });
    expect(names(objects)).toEqual(['weekly.ics']);
    expect(objects[0]?.data).toContain('RRULE');
  });

  it('fetches occurrences instead of the rule with expand [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'weekly', weekly);
    const timeRange = { start: '2026-01-06T00:00:00Z', end: '2026-01-20T00:00:00Z' };
    const [object] = await client.fetchCalendarObjects({ calendar, timeRange, expand: true });
    const starts = [...String(object?.data).matchAll(/^DTSTART:(\S+)/gm)].map((match) => match[1]);
    expect(starts).toEqual(['20260112T090000Z', '20260119T090000Z']);
    expect(object?.data).not.toContain('RRULE');
  });

  it('queries tasks by component [C4]', async () => {
    const tasks = (await client.fetchCalendars()).find(({ components }) => components?.[0] === 'VTODO');
    if (tasks === undefined) throw new Error('no tasks folder');
    await client.createCalendarObject({ calendar: tasks, filename: 'task.ics', iCalString: todo('task') });
    const filters = {
      'comp-filter': { _attributes: { name: 'VCALENDAR' }, 'comp-filter': { _attributes: { name: 'VTODO' } } },
    };
    const found = await client.calendarQuery({ url: tasks.url, props: { 'd:getetag': {} }, filters, depth: '1' });
    expect(found.map(({ href, status }) => [href?.split('/').at(-1), status])).toEqual([['task.ics', 207]]);
    expect(found[0]?.props?.['getetag']).toBeTruthy();
  });

  it('gets several objects at once [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'one');
    await put(calendar, 'two');
    const answers = await multiget(calendar, ['one.ics', 'two.ics']);
    expect(answers.map(({ href, status }) => [href?.split('/').at(-1), status])).toEqual([
      ['one.ics', 207],
      ['two.ics', 207],
    ]);
    expect(answers[1]?.props?.['calendarData']).toContain('UID:two');
  });

  it('learns which of several objects is gone [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'one');
    await expect(multiget(calendar, ['one.ics', 'gone.ics'])).rejects.toThrow('404 Not Found');
  });

  it('gets free and busy times [C4]', async () => {
    const calendar = await freshCalendar();
    await put(calendar, 'busy');
    const timeRange = { start: '2026-11-24T00:00:00Z', end: '2026-11-25T00:00:00Z' };
    const { raw } = await client.freeBusyQuery({ url: calendar.url, timeRange, depth: '1' });
    expect(String(raw)).toMatch(/^FREEBUSY[^:]*:20261124T100000Z\/20261124T110000Z\r$/m);
  });
});

describe('tsdav: synchronisation', () => {
  it('tells creations, changes and deletions by another client in one incremental sync [C4]', async () => {
    const calendar = await freshCalendar();
    for (const uid of ['kept', 'changed', 'deleted']) await put(calendar, uid);
    const known = { ...(await listed(calendar.url)), objects: await client.fetchCalendarObjects({ calendar }) };
    await changeAsAnother(calendar);
    const { objects } = await client.smartCollectionSyncDetailed({
      collection: { ...known, objectMultiGet: client.calendarMultiGet },
      method: 'webdav',
    });
    expect(names(objects.created)).toEqual(['created.ics']);
    expect(names(objects.updated)).toEqual(['changed.ics']);
    expect(names(objects.deleted)).toEqual(['deleted.ics']);
    expect(objects.updated[0]?.data).toContain('SUMMARY:By another');
  });

  it('brings the objects of known calendars up to date, and nothing the second time [C4]', async () => {
    const calendar = await freshCalendar();
    for (const uid of ['kept', 'changed', 'deleted']) await put(calendar, uid);
    const objects = await client.fetchCalendarObjects({ calendar });
    const before = (await client.fetchCalendars()).map((one) => (one.url === calendar.url ? { ...one, objects } : one));
    await changeAsAnother(calendar);
    const after = await client.syncCalendars({ oldCalendars: before });
    const synced = after.find(({ url }) => url === calendar.url);
    expect(names(synced?.objects)).toEqual(['changed.ics', 'created.ics', 'kept.ics']);
    expect(await client.syncCalendarsDetailed({ oldCalendars: after })).toEqual({
      created: [],
      updated: [],
      deleted: [],
    });
  });

  it('notices calendars that came and went [C4]', async () => {
    const goes = await freshCalendar();
    const before = await client.fetchCalendars();
    const comes = await freshCalendar();
    expect((await client.deleteObject({ url: goes.url })).status).toBe(204);
    const { created, deleted } = await client.syncCalendarsDetailed({ oldCalendars: before });
    expect(created.map(({ url }) => url)).toEqual([comes.url]);
    expect(deleted.map(({ url }) => url)).toEqual([goes.url]);
  });
});

async function changeAsAnother(calendar: DAVCalendar): Promise<void> {
  const other = davClient(service.url);
  const { pathname } = new URL(calendar.url);
  const changed = event('changed', ['SUMMARY:By another']);
  expect((await other('PUT', `${pathname}changed.ics`, { body: changed })).status).toBe(204);
  expect((await other('PUT', `${pathname}created.ics`, { body: event('created') })).status).toBe(201);
  expect((await other('DELETE', `${pathname}deleted.ics`)).status).toBe(204);
}
