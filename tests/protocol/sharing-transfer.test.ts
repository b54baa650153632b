import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import type { Dav } from '../support/dav-client.js';
import { addTo, attachLines } from './attachment-client.js';
import { property, proppatch, refusal, set } from './dav-xml.js';
import { inHomeOf, share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

/** COPY and MOVE between the homes of two people: what may go along, and that nothing is lost on the way. */
let sharing: Sharing;
let ada: Dav;
let bob: Dav;
let cleo: Dav;
beforeAll(async () => {
  sharing = await sharingService();
  ({ ada, bob, cleo } = sharing.as);
});

const macos = { 'user-agent': 'macOS/13.6.1 (22G313) dataaccessd/1.0' };
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Hers', 'TRIGGER:-PT7M', 'END:VALARM'];

async function sharedCalendar(right: Parameters<typeof share>[3], id = 'bob') {
  const theirs = await newCalendar(ada, '', '/calendars/ada/');
  await share(ada, theirs, id, right);
  return { theirs, mine: inHomeOf(id === 'crew' ? 'cleo' : id, theirs) };
}
const status = async (dav: Dav, url: string): Promise<number> => (await dav('GET', url)).status;
const to = (destination: string, headers = {}) => ({ headers: { ...headers, destination } });
let made = 0;
const own = (user: string): string => `${sharing.calendars[user]}transfer-${++made}.ics`;

describe('MOVE by who has the right from a group (S1)', () => {
  it('of many at once loses none: each is in one of the two places', async () => {
    const { theirs, mine } = await sharedCalendar('administer', 'crew');
    const names = Array.from({ length: 30 }, (_, index) => `m${index}`);
    for (const name of names) await put(ada, `${theirs}${name}.ics`, event(`${theirs}${name}`));
    const places = names.map((name) => ({ source: `${mine}${name}.ics`, target: own('cleo') }));
    const moved = places.map(async ({ source, target }) => (await cleo('MOVE', source, to(target))).status);
    const meanwhile = names.map((name) => put(cleo, `${mine}other-${name}.ics`, event(`other-${theirs}${name}`)));
    expect(await Promise.all(moved)).toEqual(names.map(() => 201));
    await Promise.all(meanwhile);
    for (const { source, target } of places) {
      expect([await status(cleo, source), await status(cleo, target)]).toEqual([404, 200]);
    }
  });
});

describe('V4: a private appointment', () => {
  const secret = (uid: string) => event(uid, ['CLASS:PRIVATE', 'SUMMARY:Oncologist']);

  it.each(['COPY', 'MOVE'])('is not overwritten by a %s onto it', async (method) => {
    const { theirs, mine } = await sharedCalendar('administer');
    const uid = `secret-${method}`;
    await put(ada, `${theirs}s.ics`, secret(uid));
    const source = own('bob');
    await put(bob, source, event(uid, ['SUMMARY:By Bob']));
    expect(refusal(await bob(method, source, to(`${mine}s.ics`)))).toBe('403 d:need-privileges');
    expect((await ada('GET', `${theirs}s.ics`)).body).toContain('Oncologist');
    expect(await status(bob, source)).toBe(200);
  });

  it('does not take its dead properties along', async () => {
    const { theirs, mine } = await sharedCalendar('see-busy');
    await put(ada, `${theirs}s.ics`, secret('secret-properties'));
    await proppatch(ada, `${theirs}s.ics`, set('<x:note xmlns:x="urn:x">Hidden</x:note>'));
    const target = own('bob');
    expect((await bob('COPY', `${mine}s.ics`, to(target))).status).toBe(201);
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><x:note xmlns:x="urn:x"/></d:prop></d:propfind>';
    expect((await bob('PROPFIND', target, { headers: { depth: '0' }, body })).body).not.toContain('Hidden');
    expect(await property(bob, target, 'd:getetag')).toMatch(/^"/);
  });
});

describe('R6: reminders', () => {
  it('of the owner stay when somebody else gives the appointment another name', async () => {
    const { theirs, mine } = await sharedCalendar('edit-all');
    const other = await newCalendar(ada, '', '/calendars/ada/');
    await share(ada, other, 'bob', 'edit-all');
    await put(ada, `${theirs}r.ics`, event('renamed', alarm));
    await share(ada, theirs, 'bob', 'delete');
    expect((await bob('MOVE', `${mine}r.ics`, to(`${mine}r2.ics`))).status).toBe(201);
    expect((await ada('GET', `${theirs}r2.ics`)).body).toContain('TRIGGER:-PT7M');
    expect((await bob('MOVE', `${mine}r2.ics`, to(`${inHomeOf('bob', other)}r3.ics`))).status).toBe(201);
    expect((await ada('GET', `${other}r3.ics`)).body).toContain('TRIGGER:-PT7M');
    expect((await bob('GET', `${inHomeOf('bob', other)}r3.ics`)).body).not.toContain('VALARM');
  });

  it('R7: Apple’s placeholder is nobody’s reminder', async () => {
    const { theirs, mine } = await sharedCalendar('edit-all');
    await put(ada, `${theirs}p.ics`, event('placeholder'));
    const shown = (await bob('GET', `${mine}p.ics`, { headers: macos })).body;
    expect(shown).toContain('19760401T005545Z');
    const changed = shown.replace(/SUMMARY:.*/, 'SUMMARY:By Bob');
    expect((await bob('PUT', `${mine}p.ics`, { headers: macos, body: changed })).status).toBe(204);
    const plain = (await bob('GET', `${mine}p.ics`)).body;
    expect([plain.includes('SUMMARY:By Bob'), plain.includes('VALARM')]).toEqual([true, false]);
  });
});

describe('A3, A4: attachments of exceptions', () => {
  const series = event('series', [
    ...['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z', 'RRULE:FREQ=DAILY;COUNT=3'],
    ...['END:VEVENT', 'BEGIN:VEVENT', 'UID:series', 'DTSTAMP:20260101T000000Z', 'RECURRENCE-ID:20261125T100000Z'],
    ...['DTSTART:20261125T120000Z', 'DTEND:20261125T130000Z', 'SUMMARY:Moved'],
  ]);

  it('stay through a PUT of a sharee, and a MOVE by macOS', async () => {
    const { theirs, mine } = await sharedCalendar('delete');
    await put(ada, `${theirs}a.ics`, series);
    await addTo(ada, `${theirs}a.ics`, 'of all instances');
    await addTo(ada, `${theirs}a.ics`, 'of the exception', { query: '&rid=20261125T100000Z' });
    const lines = async (dav: Dav, url: string) => attachLines((await dav('GET', url)).body);
    const whole = await lines(ada, `${theirs}a.ics`);
    expect(whole).toHaveLength(3);
    const body = (await bob('GET', `${mine}a.ics`)).body.replace('SUMMARY:Moved', 'SUMMARY:Moved by Bob');
    await put(bob, `${mine}a.ics`, body);
    expect(await lines(ada, `${theirs}a.ics`)).toEqual(whole);
    const target = own('bob');
    expect((await bob('MOVE', `${mine}a.ics`, to(target, macos))).status).toBe(201);
    expect(await lines(bob, target)).toEqual(whole);
  });
});
