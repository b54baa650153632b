import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar, event } from '../support/calendar-data.js';
import { type Dav, davClient, hrefs } from '../support/dav-client.js';
import { startService } from '../support/running-service.js';
import { provisioned } from '../support/provisioned.js';
import { type Subscription, Thunderbird } from './support/thunderbird.js';

const { path: program, missing, note } = provisioned('thunderbird');

const users = `
    users:
      - {id: user01, login: user01, password: user01, name: User 01, addresses: [user01@example.org]}
      - {id: user02, login: user02, password: user02, name: User 02, addresses: [user02@example.org]}`;
/** One service, and in it a tenant of each profile under a host name of its own. */
const seed = `
tenants:
  - id: example
    hosts: [127.0.0.1]
    domains: [example.org]
    profile: standard${users}
  - id: groupware
    hosts: [localhost]
    domains: [groupware.example]
    profile: groupware${users}
`;

let thunderbird: Thunderbird;
const origins = { standard: '', groupware: '' };
type Profile = keyof typeof origins;

beforeAll(async () => {
  if (missing) return;
  const service = await startService({ seed });
  origins.standard = service.url;
  origins.groupware = service.url.replace('127.0.0.1', 'localhost');
  thunderbird = await Thunderbird.start(program);
}, 120_000);

afterAll(() => thunderbird?.end());

/** A folder that the service has and Thunderbird was given by its URL; what another program sees of it. */
interface Shared {
  readonly url: string;
  readonly dav: Dav;
  readonly path: string;
  readonly subscription: readonly Subscription[];
}

let made = 0;

async function folder(profile: Profile, component = 'VEVENT'): Promise<Shared> {
  made += 1;
  const path = `/calendars/user01/folder-${made}/`;
  const dav = davClient(origins[profile], 'user01');
  const inner = `<d:displayname>Folder ${made}</d:displayname><c:supported-calendar-component-set><c:comp name="${component}"/></c:supported-calendar-component-set>`;
  const body = `<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>${inner}</d:prop></d:set></c:mkcalendar>`;
  expect((await dav('MKCALENDAR', path, { body })).status).toBe(201);
  const url = `${origins[profile]}${path}`;
  const subscription = await thunderbird.subscribe('user01', 'user01', url);
  return { url, dav, path, subscription };
}

const put = async ({ dav, path }: Shared, uid: string, body: string): Promise<void> => {
  expect([201, 204]).toContain((await dav('PUT', `${path}${uid}.ics`, { body })).status);
};

/** Thunderbird chooses the names of what it makes. */
async function members({ dav, path }: Shared): Promise<readonly string[]> {
  const { body } = await dav('PROPFIND', path, { headers: { depth: '1' } });
  return hrefs(body).filter((href) => href.endsWith('.ics'));
}

async function putOverOnly(shared: Shared, body: string): Promise<void> {
  const [href = '', ...others] = await members(shared);
  expect(others).toEqual([]);
  expect((await shared.dav('PUT', href, { body })).status).toBe(204);
}

/** What the server has of an object, under whichever name. */
async function stored(shared: Shared, uid: string): Promise<string> {
  const all = await members(shared);
  const texts = await Promise.all(all.map(async (href) => (await shared.dav('GET', href)).body));
  return texts.find((text) => text.includes(`UID:${uid}\r\n`)) ?? '';
}

const patient = { timeout: 20_000, interval: 250 };
/** What is waited for: a text of one side, or the titles of the reminders that are shown. */
const inThunderbird =
  ({ url }: Shared) =>
  async () =>
    (await thunderbird.texts(url)).join('');
const onServer = (shared: Shared, uid: string) => () => stored(shared, uid);
const reminders = async () => (await thunderbird.reminders()).map(({ title }) => title);

/** `20261124T110000Z`, so many minutes from now. */
const inMinutes = (minutes: number): string =>
  `${new Date(Math.trunc(Date.now() / 60_000 + minutes) * 60_000).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:Reminder', 'END:VALARM'];
const titled = (title: string, start: string, more: readonly string[] = []): readonly string[] => [
  ...[`SUMMARY:${title}`, `DTSTART:${start}`, 'DURATION:PT1H', ...more],
];

describe.skipIf(missing)(`Thunderbird${note}`, () => {
  it('finds all calendars from server address and user name (C3)', async () => {
    const found = await thunderbird.subscribe('user02', 'user02', `${origins.standard}/`);
    expect(found.map(({ name, readOnly }) => [name, readOnly])).toEqual([
      ['Calendar', false],
      ['Tasks', false],
    ]);
  });

  it('a shared calendar is among them, and read-only where the right says so (S1)', async () => {
    const dav = davClient(origins.groupware, 'user02');
    for (const right of ['read', 'edit-all']) {
      expect((await dav('MKCALENDAR', `/calendars/user02/${right}/`)).status).toBe(201);
      const headers = { 'content-type': 'application/json' };
      const share = { headers, body: JSON.stringify({ right }) };
      expect((await dav('PUT', `/api/v1/folders/user02/${right}/shares/user01`, share)).status).toBe(200);
    }
    const found = await thunderbird.subscribe('user01', 'user01', `${origins.groupware}/`);
    const shared = found.filter(({ url }) => url.includes('/user02~'));
    expect(Object.fromEntries(shared.map(({ name, readOnly }) => [name, readOnly]))).toEqual({
      'edit-all (User 02)': false,
      'read (User 02)': true,
    });
  });

  it('a folder’s URL is added as a calendar of its own (C3)', async () => {
    const { url, subscription } = await folder('standard');
    expect(subscription).toEqual([{ name: `Folder ${made}`, url, readOnly: false }]);
  });

  it('events made there, with reminders, arrive here and the other way round (C3)', async () => {
    const shared = await folder('standard');
    await thunderbird.add(shared.url, event('there', [...titled('Made there', '20261124T110000Z'), ...alarm]));
    await expect
      .poll(onServer(shared, 'there'), patient)
      .toMatch(/SUMMARY:Made there\r\n[^]*BEGIN:VALARM\r\n[^]*TRIGGER:-PT15M/);
    await put(shared, 'here', event('here', [...titled('Made here', '20261124T130000Z'), ...alarm]));
    await expect.poll(inThunderbird(shared), patient).toMatch(/SUMMARY:Made here[^]*TRIGGER:-PT15M/);
  });

  it('changes and deletions go both ways (C3)', async () => {
    const shared = await folder('standard');
    for (const uid of ['one', 'two']) await put(shared, uid, event(uid, titled(uid, '20261124T110000Z')));
    await expect.poll(inThunderbird(shared), patient).toMatch(/UID:one[^]*UID:two|UID:two[^]*UID:one/);
    await thunderbird.rename(shared.url, { uid: 'one', title: 'Renamed there' });
    await expect.poll(onServer(shared, 'one'), patient).toContain('SUMMARY:Renamed there');
    await put(shared, 'one', event('one', titled('Renamed here', '20261124T110000Z')));
    await expect.poll(inThunderbird(shared), patient).toContain('SUMMARY:Renamed here');
    await thunderbird.remove(shared.url, 'one');
    await expect.poll(onServer(shared, 'one'), patient).toBe('');
    expect((await shared.dav('DELETE', `${shared.path}two.ics`)).status).toBe(204);
    await expect.poll(inThunderbird(shared), patient).toBe('');
  });

  it('exceptions of a series go both ways (C3)', async () => {
    const shared = await folder('standard');
    const series = (...more: readonly (readonly string[])[]) =>
      calendar(
        [[...titled('Series', '20261124T110000Z', ['RRULE:FREQ=DAILY;COUNT=5'])], ...more].flatMap((lines) => [
          ...['BEGIN:VEVENT', 'UID:series', 'DTSTAMP:20261101T080000Z', ...lines, 'END:VEVENT'],
        ]),
      );
    await thunderbird.add(shared.url, series());
    await expect.poll(onServer(shared, 'series'), patient).toContain('RRULE:FREQ=DAILY;COUNT=5');
    await thunderbird.rename(shared.url, { uid: 'series', title: 'Other', occurrence: '20261125T110000Z' });
    await expect.poll(onServer(shared, 'series'), patient).toMatch(/RECURRENCE-ID:20261125T110000Z\r\n/);
    expect(await stored(shared, 'series')).toMatch(/SUMMARY:Series[^]*SUMMARY:Other|SUMMARY:Other[^]*SUMMARY:Series/);
    const third = ['RECURRENCE-ID:20261126T110000Z', ...titled('Third', '20261126T150000Z')];
    await putOverOnly(shared, series(third));
    await expect.poll(inThunderbird(shared), patient).toMatch(/RECURRENCE-ID:20261126T110000Z/);
    await expect.poll(inThunderbird(shared), patient).not.toContain('SUMMARY:Other');
  });

  it.each<Profile>(['standard', 'groupware'])('tasks are made and completed, in %s (C3, T5)', async (profile) => {
    const shared = await folder(profile, 'VTODO');
    const task = ['BEGIN:VTODO', 'UID:task', 'DTSTAMP:20261101T080000Z', 'SUMMARY:Task', 'DUE:20261124T110000Z'];
    await thunderbird.add(shared.url, calendar([...task, 'END:VTODO']));
    await expect.poll(onServer(shared, 'task'), patient).toContain('SUMMARY:Task');
    await thunderbird.complete(shared.url, 'task');
    await expect.poll(onServer(shared, 'task'), patient).toMatch(/STATUS:COMPLETED\r\n/);
    expect(await stored(shared, 'task')).toMatch(/\r\nCOMPLETED:20\d{6}T\d{6}Z\r\n/);
    expect(await stored(shared, 'task')).toMatch(/\r\nPERCENT-COMPLETE:100\r\n/);
    await putOverOnly(shared, calendar([...task, 'STATUS:NEEDS-ACTION', 'END:VTODO']));
    await expect.poll(inThunderbird(shared), patient).not.toContain('COMPLETED');
  });

  it('a reminder dismissed there ends for the whole series in groupware, and does not come again (R4)', async () => {
    const shared = await folder('groupware');
    const lines = titled('Groupware series', inMinutes(10), ['RRULE:FREQ=DAILY;COUNT=5']);
    await thunderbird.add(shared.url, event('series', [...lines, ...alarm]));
    await expect.poll(reminders, patient).toContain('Groupware series');
    await expect.poll(onServer(shared, 'series'), patient).toContain('BEGIN:VALARM');
    await thunderbird.dismiss('Groupware series');
    await expect.poll(onServer(shared, 'series'), patient).not.toMatch(/VALARM|X-MOZ-LASTACK/);
    await expect.poll(inThunderbird(shared), patient).not.toContain('VALARM');
    await expect.poll(reminders, patient).not.toContain('Groupware series');
  });

  it('a reminder snoozed there moves in groupware (R4)', async () => {
    const shared = await folder('groupware');
    await put(shared, 'snoozed', event('snoozed', [...titled('Snoozed', inMinutes(10)), ...alarm]));
    await expect.poll(inThunderbird(shared), patient).toContain('VALARM');
    await expect.poll(reminders, patient).toContain('Snoozed');
    await thunderbird.snooze('Snoozed', 5);
    await expect.poll(onServer(shared, 'snoozed'), patient).toMatch(/TRIGGER;VALUE=DATE-TIME:20\d{6}T\d{6}Z/);
    expect(await stored(shared, 'snoozed')).not.toMatch(/X-MOZ-(?:LASTACK|SNOOZE)|-PT15M/);
  });

  it('one snoozed there is put off for others in standard, for that occurrence alone (R5)', async () => {
    const shared = await folder('standard');
    const lines = titled('Snoozed series', inMinutes(10), ['RRULE:FREQ=DAILY;COUNT=5']);
    await put(shared, 'series', event('series', [...lines, ...alarm]));
    await expect.poll(inThunderbird(shared), patient).toContain('VALARM');
    await expect.poll(reminders, patient).toContain('Snoozed series');
    await thunderbird.snooze('Snoozed series', 5);
    await expect.poll(onServer(shared, 'series'), patient).toMatch(/X-MOZ-SNOOZE-TIME-\d+:20\d{6}T\d{6}Z/);
    expect(await stored(shared, 'series')).toMatch(/TRIGGER:-PT15M[^]*RELATED-TO;RELTYPE=SNOOZE/);
  });

  it('one dismissed there is ACKNOWLEDGED for others in standard, and one dismissed elsewhere ends there (R5)', async () => {
    const shared = await folder('standard');
    const start = inMinutes(10);
    const series = (...more: readonly string[]) =>
      event('series', [
        ...titled('Standard series', start, ['RRULE:FREQ=DAILY;COUNT=5']),
        ...alarm.toSpliced(1, 0, 'UID:reminder', ...more),
      ]);
    await put(shared, 'series', series());
    await expect.poll(inThunderbird(shared), patient).toContain('VALARM');
    await expect.poll(reminders, patient).toContain('Standard series');
    await thunderbird.dismiss('Standard series');
    await expect.poll(onServer(shared, 'series'), patient).toMatch(/X-MOZ-LASTACK:[^]*TRIGGER:-PT15M/);
    expect(await stored(shared, 'series')).toMatch(/BEGIN:VALARM\r\n[^]*ACKNOWLEDGED:20\d{6}T\d{6}Z/);
    await expect.poll(reminders, patient).not.toContain('Standard series');

    const other = await folder('standard');
    await put(other, 'series', series());
    await expect.poll(inThunderbird(other), patient).toContain('VALARM');
    await expect.poll(reminders, patient).toContain('Standard series');
    await put(other, 'series', series(`ACKNOWLEDGED:${inMinutes(1)}`));
    await expect.poll(inThunderbird(other), patient).toContain('X-MOZ-LASTACK');
    await expect.poll(reminders, patient).not.toContain('Standard series');
  });
});
