import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Page, signedIn } from './page-client.js';
import { share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

let sharing: Sharing;
let bob: Page;
let dan: Page;
beforeAll(async () => {
  sharing = await sharingService();
  const { url } = sharing.tested.service;
  [bob, dan] = [await signedIn(url, 'bob'), await signedIn(url, 'dan')];
});

const times = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z'];
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT7M', 'END:VALARM'];

async function sharedFolder(right: Parameters<typeof share>[3]) {
  const { ada } = sharing.as;
  const theirs = await newCalendar(ada, '', '/calendars/ada/');
  const organizer = ['ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:eve@example.org'];
  await put(ada, `${theirs}open.ics`, event('open', [...times, 'SUMMARY:Open', ...organizer, ...alarm]));
  await put(
    ada,
    `${theirs}secret.ics`,
    event('secret', [...times, 'SUMMARY:Secret', 'LOCATION:Hidden', 'CLASS:PRIVATE']),
  );
  await share(ada, theirs, 'bob', right);
  const segment = theirs.split('/')[3] ?? '';
  const query = new URLSearchParams({ start: '2026-01-01', end: '2026-02-01', folder: `ada/${segment}` });
  const objects = `/api/v1/objects/ada/${segment}`;
  const listed = async (page: Page = bob) => page('GET', `/api/v1/events?${query}`);
  // oxlint-disable-next-line typescript/no-explicit-any
  const one = async (name: string): Promise<any> =>
    (await listed()).json.events.find((each: { name: string }) => each.name === name);
  return { theirs, objects, listed, one };
}

describe('S2, S4: the API does what the rights say', () => {
  it('who is not the organizer edits and deletes with the right to', async () => {
    const { theirs, objects, one } = await sharedFolder('delete');
    const { etag, editable, deletable } = await one('open.ics');
    expect([editable, deletable]).toEqual([true, true]);
    const changed = await bob('PATCH', `${objects}/open.ics`, {
      body: { title: 'By Bob' },
      headers: { 'if-match': etag },
    });
    expect(changed.status).toBe(200);
    const { body } = await sharing.as.ada('GET', `${theirs}open.ics`);
    expect(body).toContain('SUMMARY:By Bob');
    expect(body).toContain('ORGANIZER:mailto:ada@example.org');
    // R6: the owner's reminder stays the owner's.
    expect(body).toContain('TRIGGER:-PT7M');
    const headers = { 'if-match': changed.json.etag };
    expect((await bob('DELETE', `${objects}/open.ics`, { headers })).status).toBe(204);
    expect((await sharing.as.ada('GET', `${theirs}open.ics`)).status).toBe(404);
  });

  it('R6: a series that a sharee splits keeps the owner’s reminders in both parts, and the sharee’s for the sharee', async () => {
    const { ada } = sharing.as;
    const { theirs, objects, listed } = await sharedFolder('delete');
    const bounded = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=4'];
    await put(ada, `${theirs}series.ics`, event('series', [...bounded, 'SUMMARY:Series', ...alarm]));
    const occurrences = async () =>
      (await listed()).json.events.filter(({ title }: { title: string }) => title.startsWith('Series'));
    const patch = async (at: string, scope: string, body: object) => {
      const found = (await occurrences()).find(({ recurrenceId }: { recurrenceId: string }) => recurrenceId === at);
      const headers = { 'if-match': found.etag };
      return bob('PATCH', `${objects}/${found.name}?scope=${scope}&recurrence-id=${at}`, { body, headers });
    };
    expect((await patch('20260112T090000Z', 'this', { title: 'Series once', reminders: [30] })).status).toBe(200);
    const { json } = await patch('20260119T090000Z', 'future', { title: 'Series later', reminders: [45] });
    const triggers = async (path: string) => (await ada('GET', path)).body.match(/TRIGGER.*/g);
    expect(await triggers(`${theirs}series.ics`)).toEqual(['TRIGGER:-PT7M', 'TRIGGER:-PT7M']);
    expect(await triggers(`${theirs}${json.later.name}`)).toEqual(['TRIGGER:-PT7M']);
    expect((await bob('GET', `${objects}/${json.later.name}`)).json.reminders).toEqual([45]);
  });

  it('a series that a sharee splits keeps the owner’s attachments in both parts', async () => {
    const { theirs, objects, listed } = await sharedFolder('delete');
    const attached = `ATTACH;FILENAME=x.txt;ENCODING=BASE64;VALUE=BINARY:${Buffer.from('hello').toString('base64')}`;
    const weekly = [...times, 'SUMMARY:Weekly', 'RRULE:FREQ=WEEKLY;COUNT=3', attached];
    await put(sharing.as.ada, `${theirs}weekly.ics`, event('weekly', weekly));
    const found = (await listed()).json.events.find(({ name }: { name: string }) => name === 'weekly.ics');
    const headers = { 'if-match': found.etag };
    const path = `${objects}/weekly.ics?scope=future&recurrence-id=20260112T090000Z`;
    const { status, json } = await bob('PATCH', path, { body: { title: 'Later' }, headers });
    expect(status).toBe(200);
    for (const name of ['weekly.ics', json.later.name]) {
      const [{ href }] = (await bob('GET', `${objects}/${name}`)).json.attachments;
      expect((await bob('GET', href)).text).toBe('hello');
    }
  });

  it('who may add and not change splits no series: nothing is left beside it', async () => {
    const { theirs, objects, listed, one } = await sharedFolder('add');
    const weekly = [...times, 'SUMMARY:Weekly', 'RRULE:FREQ=WEEKLY;COUNT=3'];
    await put(sharing.as.ada, `${theirs}weekly.ics`, event('weekly', weekly));
    const before = (await listed()).text;
    const headers = { 'if-match': (await one('weekly.ics')).etag };
    const path = `${objects}/weekly.ics?scope=future&recurrence-id=20260112T090000Z`;
    expect((await bob('PATCH', path, { body: { title: 'x' }, headers })).status).toBe(403);
    expect((await listed()).text).toBe(before);
  });

  it('who may read does not change, and sets reminders for themselves alone (R6)', async () => {
    const { theirs, objects, one } = await sharedFolder('read');
    const { etag, editable } = await one('open.ics');
    expect(editable).toBe(false);
    const headers = { 'if-match': etag };
    expect((await bob('PATCH', `${objects}/open.ics`, { body: { title: 'x' }, headers })).status).toBe(403);
    expect((await bob('DELETE', `${objects}/open.ics`, { headers })).status).toBe(403);
    expect(
      (
        await bob('POST', objects, {
          body: { component: 'VEVENT', title: 'x', start: { local: '2026-01-05', zone: null } },
        })
      ).status,
    ).toBe(403);
    expect((await sharing.as.ada('GET', `${theirs}open.ics`)).body).toContain('SUMMARY:Open');
    const own = { body: { reminders: [30] }, headers };
    expect((await bob('PATCH', `${objects}/open.ics`, own)).status).toBe(200);
    expect((await bob('GET', `${objects}/open.ics`)).json.reminders).toEqual([30]);
    expect((await sharing.as.ada('GET', `${theirs}open.ics`)).body.match(/TRIGGER.*/g)).toEqual(['TRIGGER:-PT7M']);
  });

  it('who has no right sees nothing', async () => {
    const { objects, listed } = await sharedFolder('read');
    expect((await listed(dan)).status).toBe(404);
    expect((await dan('GET', `${objects}/open.ics`)).status).toBe(404);
    expect((await dan('PATCH', `${objects}/open.ics`, { body: {}, headers: { 'if-match': '*' } })).status).toBe(404);
    expect((await dan('POST', objects, { body: { component: 'VEVENT' } })).status).toBe(404);
  });
});

describe('V4: what is private is busy time, and nothing else', () => {
  it.each(['read', 'delete', 'administer'] as const)('with the right %s', async (right) => {
    const { theirs, objects, listed, one } = await sharedFolder(right);
    const masked = await one('secret.ics');
    expect(masked).toMatchObject({ masked: true, editable: false, deletable: false, title: 'Busy', location: '' });
    const read = await bob('GET', `${objects}/secret.ics`);
    expect(read.json).toMatchObject({ masked: true, title: 'Busy', description: '' });
    for (const { text } of [await listed(), read]) expect(text).not.toMatch(/Secret|Hidden/);
    const headers = { 'if-match': masked.etag };
    expect((await bob('PATCH', `${objects}/secret.ics`, { body: { title: 'x' }, headers })).status).toBe(403);
    expect((await bob('DELETE', `${objects}/secret.ics`, { headers })).status).toBe(403);
    expect((await sharing.as.ada('GET', `${theirs}secret.ics`)).body).toContain('SUMMARY:Secret');
  });

  it('with the right to see busy times, all is', async () => {
    const { listed } = await sharedFolder('see-busy');
    const { events } = (await listed()).json;
    expect(events).toMatchObject([
      { masked: true, title: 'Busy' },
      { masked: true, title: 'Busy' },
    ]);
    expect((await listed()).text).not.toMatch(/Open|Secret|eve@/);
  });
});

describe('S1: whom there is to share with', () => {
  it('is found by a part of the name or address, within the tenant', async () => {
    const search = async (text: string) =>
      (await bob('GET', `/api/v1/principals?search=${encodeURIComponent(text)}`)).json.principals;
    expect(await search('CLEO@')).toMatchObject([{ id: 'cleo', kind: 'user', name: 'Cleo' }]);
    expect(await search('crew')).toMatchObject([{ id: 'crew', kind: 'group' }]);
    expect(await search('bob')).toEqual([]);
    expect(await search('Another')).toEqual([]);
    expect(await search('')).toEqual([]);
  });
});
