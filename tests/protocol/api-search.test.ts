import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { type Page, signedIn } from './page-client.js';
import { share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

let sharing: Sharing;
const pages: Record<string, Page> = {};
beforeAll(async () => {
  sharing = await sharingService();
  for (const user of ['ada', 'bob']) pages[user] = await signedIn(sharing.tested.service.url, user);
});

const ask = (user: string, query: Readonly<Record<string, string>>) =>
  (pages[user] as Page)('GET', `/api/v1/search?${new URLSearchParams(query)}`);
const titles = async (user: string, text: string): Promise<readonly string[]> =>
  (await ask(user, { text })).json.items.map(({ title }: { title: string }) => title);

const times = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z'];

describe('O7: search', () => {
  it('finds appointments and tasks of all folders by their words, without case and accents', async () => {
    const { ada } = sharing.as;
    const folder = await newCalendar(ada, '', '/calendars/ada/');
    await put(
      ada,
      `${folder}a.ics`,
      event('s-a', [...times, 'SUMMARY:Café Über', 'LOCATION:Köln', 'RRULE:FREQ=YEARLY']),
    );
    const tasks = (await pages['ada']?.('GET', '/api/v1/folders'))?.json.folders.find(
      ({ components }: { components: string[] }) => components.includes('VTODO'),
    );
    await put(ada, `${tasks.href}t.ics`, todo('s-t', ['DESCRIPTION:cafe', 'DUE:20260105T090000Z']));
    const { json } = await ask('ada', { text: 'CAFE', zone: 'Europe/Berlin' });
    expect(json.more).toBe(false);
    expect(json.items).toHaveLength(2);
    expect(json.items).toContainEqual(
      expect.objectContaining({
        ...{ component: 'VEVENT', folder: `ada/${folder.split('/')[3]}`, name: 'a.ics', href: `${folder}a.ics` },
        ...{ summary: 'Café Über', location: 'Köln', allDay: false, editable: true, masked: false },
        start: expect.stringMatching(/-01-05T10:00:00$/),
        recurrenceId: expect.stringMatching(/0105T090000Z$/),
      }),
    );
    expect(json.items).toContainEqual(
      expect.objectContaining({ component: 'VTODO', start: null, end: '2026-01-05T10:00:00' }),
    );
    expect(await titles('ada', 'koln uber')).toEqual(['Café Über']);
    expect(await titles('ada', 'koln nowhere')).toEqual([]);
    expect(await titles('bob', 'cafe')).toEqual([]);
  });

  it('V4, S4: finds nothing by what is masked, and what is shared by who is shared with', async () => {
    const { ada } = sharing.as;
    const folder = await newCalendar(ada, '', '/calendars/ada/');
    await put(ada, `${folder}o.ics`, event('s-o', [...times, 'SUMMARY:Zebra open']));
    await put(ada, `${folder}p.ics`, event('s-p', [...times, 'SUMMARY:Zebra secret', 'CLASS:PRIVATE']));
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Zebra', 'TRIGGER:-PT1M', 'END:VALARM'];
    await put(ada, `${folder}q.ics`, event('s-q', [...times, 'SUMMARY:Other', ...alarm]));
    expect((await titles('ada', 'zebra')).toSorted()).toEqual(['Zebra open', 'Zebra secret']);
    expect(await titles('bob', 'zebra')).toEqual([]);
    await share(ada, folder, 'bob', 'see-busy');
    expect([await titles('bob', 'zebra'), await titles('bob', 'busy')]).toEqual([[], []]);
    await share(ada, folder, 'bob', 'administer');
    expect([await titles('bob', 'zebra'), await titles('bob', 'busy')]).toEqual([['Zebra open'], []]);
  });

  it('gives as many as were asked for, what comes next first, and says where there are more', async () => {
    const { ada } = sharing.as;
    const folder = await newCalendar(ada, '', '/calendars/ada/');
    const days = ['20200105', '20990105', '20250105', '20980105'];
    for (const day of days) {
      await put(ada, `${folder}${day}.ics`, event(`s-${day}`, [`DTSTART;VALUE=DATE:${day}`, `SUMMARY:Quokka ${day}`]));
    }
    expect(await titles('ada', 'quokka')).toEqual(
      ['20980105', '20990105', '20250105', '20200105'].map((day) => `Quokka ${day}`),
    );
    const { json } = await ask('ada', { text: 'quokka', limit: '2' });
    expect([json.items.length, json.more]).toEqual([2, true]);
  });

  it.each([
    ['no words', { text: ' ' }],
    ['nothing', {}],
    ['too long a text', { text: 'x'.repeat(201) }],
    ['a limit that is none', { text: 'x', limit: '0' }],
    ['a zone that is not known', { text: 'x', zone: 'No/Where' }],
  ])('refuses %s', async (_what, query) =>
    expect((await ask('ada', query as Record<string, string>)).status).toBe(400),
  );
});
