import { beforeAll, describe, expect, it } from 'vitest';
import { calendar, event, todo } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { addTo } from './attachment-client.js';
import { property, report, responses, xml } from './dav-xml.js';
import { inHomeOf, share } from './sharing.js';
import { signedIn } from './page-client.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

const seed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1]
    domains: [example.org]
    profile: groupware
    users:
      - {id: user01, login: user01, password: user01, name: User 01}
      - {id: ada, login: ada, password: ada, name: Ada}
      - {id: zoe, login: zoe, password: zoe, name: Zoe}
`;

let tested: TestedService;
let ada: Dav;
let tasks: string;
beforeAll(async () => {
  tested = await testedService({ seed });
  ada = davClient(tested.service.url, 'ada');
  ({ tasks } = await defaultFolders(ada, 'ada'));
});

const cli = async (...words: string[]): Promise<void> => {
  const { code, stderr } = await runCli(tested.service, [...words]);
  if (code !== 0) throw new Error(stderr);
};
const tenant = () => ['--tenant', tested.service.tenant];
const calendarOf = (user: string, dav: Dav) => newCalendar(dav, '', `/calendars/${user}/`);

describe('the rules hold for what the web interface stores, too', () => {
  it('R1, R2: of several reminders one is kept', async () => {
    const { segment, page } = await pageCalendar();
    const start = { local: '2026-03-02T09:00:00', zone: 'Europe/Berlin' };
    const body = { component: 'VEVENT', title: 'x', start, end: start, reminders: [30, 10] };
    const { json } = await page('POST', `/api/v1/objects/ada/${segment}`, { body });
    const read = await page('GET', `/api/v1/objects/ada/${segment}/${json.name}`);
    expect(read.json).toMatchObject({ title: 'x', reminders: [30], etag: json.etag });
    expect((await page('GET', '/api/v1/session')).json.profile).toBe('groupware');
  });

  it('an edit goes through the same rules', async () => {
    const { segment, url, page } = await pageCalendar();
    await put(ada, `${url}a.ics`, event('a', ['URL:https://example.org/', 'SUMMARY:Before']));
    const { json } = await page('GET', `/api/v1/objects/ada/${segment}/a.ics`);
    const headers = { 'if-match': json.etag };
    const { status } = await page('PATCH', `/api/v1/objects/ada/${segment}/a.ics`, {
      body: { title: 'After' },
      headers,
    });
    expect(status).toBe(200);
    const { body } = await ada('GET', `${url}a.ics`);
    expect([body.includes('SUMMARY:After'), body.includes('URL:')]).toEqual([true, false]);
  });

  async function pageCalendar() {
    const url = await calendarOf('ada', ada);
    return { url, segment: url.split('/')[3] ?? '', page: await signedIn(tested.service.url, 'ada') };
  }
});

/** What comes back of an appointment in `groupware`; the PUT has no ETag when something was altered. */
async function stored(lines: readonly string[]): Promise<{ text: string; etag: string | undefined }> {
  const url = `${await calendarOf('ada', ada)}a.ics`;
  const { headers } = await put(ada, url, event('a', lines));
  return { text: (await ada('GET', url)).body, etag: headers.etag };
}

const alarm = (trigger: string, action = 'DISPLAY'): readonly string[] => [
  'BEGIN:VALARM',
  `ACTION:${action}`,
  'DESCRIPTION:Reminder',
  trigger,
  'END:VALARM',
];

describe('the groupware’s rules, on the running service', () => {
  it('nothing is altered: the very octets come back, with an ETag (P3)', async () => {
    const { text, etag } = await stored(alarm('TRIGGER:-PT10M'));
    expect(text).toBe(event('a', alarm('TRIGGER:-PT10M')));
    expect(etag).toMatch(/^"/);
  });

  it.each<[row: string, sent: readonly string[], kept: readonly string[], gone: readonly string[]]>([
    ['R1: a reminder after the start', alarm('TRIGGER:PT5M'), [], ['VALARM']],
    ['R1: one at the start itself', alarm('TRIGGER:PT0S'), ['TRIGGER:PT0S'], []],
    ['R1: measured from the end', alarm('TRIGGER;RELATED=END:-PT30M'), [], ['VALARM']],
    ['R2: a second reminder', [...alarm('TRIGGER:-PT5M'), ...alarm('TRIGGER:-PT15M')], ['-PT5M'], ['-PT15M']],
    ['R3: a reminder by mail', [...alarm('TRIGGER:-PT5M', 'EMAIL'), ...alarm('TRIGGER:-PT9M')], ['-PT9M'], ['EMAIL']],
    ['P1: the URL', ['URL:https://example.org/'], [], ['URL']],
    ['P2: what the groupware does not have', ['GEO:1;2', 'X-UNKNOWN:1', 'COMMENT:x'], [], ['GEO', 'X-UNK', 'COMMENT']],
    ['V1, V2: confidential is private', ['CLASS:CONFIDENTIAL'], ['CLASS:PRIVATE'], ['CONFIDENTIAL']],
    [
      'V3: participants of a private one',
      ['CLASS:PRIVATE', 'ORGANIZER:mailto:a@example.org', 'ATTENDEE:mailto:b@example.org'],
      ['CLASS:PRIVATE'],
      ['ORGANIZER', 'ATTENDEE'],
    ],
  ])('%s', async (_row, sent, kept, gone) => {
    const { text, etag } = await stored(sent);
    for (const part of kept) expect(text).toContain(part);
    for (const part of gone) expect(text).not.toContain(part);
    expect(etag === undefined).toBe(text !== event('a', sent));
  });

  it('R4: a dismissal in Thunderbird removes the reminder of the whole series; an old one sent again does nothing', async () => {
    const url = `${await calendarOf('ada', ada)}a.ics`;
    const times = ['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z', 'RRULE:FREQ=DAILY;COUNT=5'];
    const series = (more: readonly string[]) => event('a', [...times, ...more]);
    await put(ada, url, series(alarm('TRIGGER:-PT10M')));
    await put(ada, url, series(['X-MOZ-LASTACK:20261124T095500Z', ...alarm('TRIGGER:-PT10M')]));
    expect((await ada('GET', url)).body).not.toMatch(/VALARM|X-MOZ/);
    // A new reminder, and Thunderbird sends the old dismissal along with it.
    await put(ada, url, series(['X-MOZ-LASTACK:20261124T095500Z', ...alarm('TRIGGER:-PT20M')]));
    expect((await ada('GET', url)).body).toContain('TRIGGER:-PT20M');
    expect((await ada('GET', url)).body).not.toContain('X-MOZ');
    await put(
      ada,
      url,
      series(['X-MOZ-LASTACK:20261124T100500Z', 'X-MOZ-SNOOZE-TIME:20261124T101000Z', ...alarm('TRIGGER:-PT20M')]),
    );
    expect((await ada('GET', url)).body).toContain('20261124T101000Z');
  });

  it('T1, T3, T4: tasks are simple, and their times are in UTC', async () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19701025T030000'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD'],
      ...['BEGIN:DAYLIGHT', 'DTSTART:19700329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
      ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'END:DAYLIGHT', 'END:VTIMEZONE'],
    ];
    const task = [
      ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Task', 'RRULE:FREQ=DAILY;COUNT=2'],
      ...['DTSTART;TZID=Europe/Berlin:20261124T100000', 'DUE;TZID=Europe/Berlin:20261125T100000'],
      ...['ATTENDEE:mailto:b@example.org', 'LOCATION:here', 'PRIORITY:1', 'END:VTODO'],
    ];
    await put(ada, `${tasks}t.ics`, calendar([...zone, ...task]));
    const { body } = await ada('GET', `${tasks}t.ics`);
    expect(body).toMatch(/DTSTART:20261124T090000Z[^]*PRIORITY:1/);
    expect(body).toContain('DUE:20261125T090000Z');
    expect(body).not.toMatch(/RRULE:FREQ=DAILY|ATTENDEE|LOCATION/);
  });

  it('T5: what is done is done, and what is reset is gone', async () => {
    await put(ada, `${tasks}d.ics`, todo('d', ['STATUS:COMPLETED']));
    expect((await ada('GET', `${tasks}d.ics`)).body).toMatch(/PERCENT-COMPLETE:100/);
    await put(ada, `${tasks}d.ics`, todo('d', ['STATUS:NEEDS-ACTION', 'PERCENT-COMPLETE:100']));
    expect((await ada('GET', `${tasks}d.ics`)).body).not.toMatch(/PERCENT-COMPLETE:100|COMPLETED:/);
  });
});

describe('T3 and attachments', () => {
  const most = 'c:max-attachments-per-resource';

  it('a task has none: one that is posted is refused, and a link in a PUT is left out', async () => {
    expect(await property(ada, tasks, most)).toBe('0');
    expect(await property(ada, await calendarOf('ada', ada), most)).toBe('100');
    const url = `${tasks}attached.ics`;
    await put(ada, url, todo('attached', ['ATTACH:https://example.org/a.pdf']));
    const answer = await addTo(ada, url, 'agenda');
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('max-attachments-per-resource')]);
    expect((await ada('GET', url)).body).not.toContain('ATTACH');
  });
});

describe('what a profile has left out', () => {
  it('is the owner’s: a copy by somebody else does not bring it back (R6)', async () => {
    const zoe = davClient(tested.service.url, 'zoe');
    const [hers, mine] = [await calendarOf('ada', ada), await calendarOf('zoe', zoe)];
    await cli('user', 'set', 'zoe', ...tenant(), '--profile', 'standard');
    await put(ada, `${hers}a.ics`, event('left-out', alarm('TRIGGER:-PT5M', 'AUDIO')));
    await share(ada, hers, 'zoe', 'read');
    const made = await newCalendar(zoe, '', '/calendars/zoe/');
    const seen = inHomeOf('zoe', hers);
    for (const target of [`${made}a.ics`, `${mine}a.ics`]) {
      expect((await zoe('COPY', `${seen}a.ics`, { headers: { destination: target } })).status).toBe(201);
      expect((await zoe('GET', target)).body).not.toContain('VALARM');
    }
    await cli('user', 'set', 'zoe', ...tenant(), '--profile', 'groupware');
  });
});

describe('another profile', () => {
  const sent = event('a', [
    'URL:https://example.org/',
    'GEO:1;2',
    ...alarm('TRIGGER:-PT5M'),
    ...alarm('TRIGGER:-PT15M'),
  ]);

  it('of the tenant brings back what was left out, and leaves it out again; sync and ETags tell (P3)', async () => {
    const folder = await calendarOf('ada', ada);
    await put(ada, `${folder}a.ics`, sent);
    await put(ada, `${folder}plain.ics`, event('plain'));
    await put(ada, `${folder}before.ics`, sent.replaceAll('UID:a', 'UID:moved'));
    const move = { headers: { destination: `${folder}moved.ics` } };
    expect((await ada('MOVE', `${folder}before.ics`, move)).status).toBe(201);
    const get = async () => (await ada('GET', `${folder}a.ics`)).body;
    const groupware = await get();
    expect(groupware).not.toContain('URL');
    const etags = [
      await property(ada, `${folder}a.ics`, 'd:getetag'),
      await property(ada, `${folder}plain.ics`, 'd:getetag'),
    ];
    const token = await property(ada, folder, 'd:sync-token');
    await cli('tenant', 'set', tested.service.tenant, '--profile', 'standard');
    try {
      await expect.poll(get, { timeout: 20_000 }).toBe(sent);
      const moved = async () => (await ada('GET', `${folder}moved.ics`)).body;
      await expect.poll(moved, { timeout: 20_000 }).toBe(sent.replaceAll('UID:a', 'UID:moved'));
      const changes = `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop>`;
      const told = responses(await report(ada, folder, xml('d:sync-collection', changes)));
      expect(told.map(({ href }) => href)).toEqual([`${folder}a.ics`, `${folder}moved.ics`]);
      expect(await property(ada, `${folder}a.ics`, 'd:getetag')).not.toBe(etags[0]);
      expect(await property(ada, `${folder}plain.ics`, 'd:getetag')).toBe(etags[1]);
    } finally {
      await cli('tenant', 'set', tested.service.tenant, '--profile', 'groupware');
    }
    await expect.poll(get, { timeout: 20_000 }).toBe(groupware);
  });

  it('and single rules, can be set for one user alone', async () => {
    const zoe = davClient(tested.service.url, 'zoe');
    const [mine, hers] = [await calendarOf('ada', ada), await calendarOf('zoe', zoe)];
    await put(ada, `${mine}a.ics`, sent);
    await put(zoe, `${hers}a.ics`, sent);
    const get = async () => (await zoe('GET', `${hers}a.ics`)).body;
    await cli('user', 'set', 'zoe', ...tenant(), '--rules-off', 'P1,R2');
    await expect.poll(get, { timeout: 20_000 }).toMatch(/URL:[^]*-PT5M[^]*-PT15M/);
    expect(await get()).not.toContain('GEO');
    await cli('user', 'set', 'zoe', ...tenant(), '--profile', 'standard');
    await expect.poll(get, { timeout: 20_000 }).toBe(sent);
    expect((await ada('GET', `${mine}a.ics`)).body).not.toContain('URL');
    const unknown = await runCli(tested.service, ['user', 'set', 'zoe', ...tenant(), '--rules-off', 'R99']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('R99')]);
  });
});
