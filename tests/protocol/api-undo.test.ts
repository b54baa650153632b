import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Page, signedIn } from './page-client.js';
import { share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

let sharing: Sharing;
let bob: Page;
let ada: Page;
beforeAll(async () => {
  sharing = await sharingService();
  const { url } = sharing.tested.service;
  [bob, ada] = [await signedIn(url, 'bob'), await signedIn(url, 'ada')];
});

const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT7M', 'END:VALARM'];
const attached = `ATTACH;FILENAME=x.txt;ENCODING=BASE64;VALUE=BINARY:${Buffer.from('hello').toString('base64')}`;

/** A folder of Ada's with an appointment that has a file and a reminder of hers. */
async function sharedFolder(right: Parameters<typeof share>[3]) {
  const dav = sharing.as.ada;
  const theirs = await newCalendar(dav, '', '/calendars/ada/');
  const times = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z'];
  await put(dav, `${theirs}open.ics`, event('open', [...times, 'SUMMARY:Open', attached, ...alarm]));
  await share(dav, theirs, 'bob', right);
  const object = `/api/v1/objects/ada/${theirs.split('/')[3]}/open.ics`;
  const unfolded = async () => (await dav('GET', `${theirs}open.ics`)).body.replaceAll('\r\n ', '');
  const read = async (page: Page) => (await page('GET', `${object}/undo`)).json;
  return { theirs, object, unfolded, read };
}

interface Undo {
  readonly text: string;
  readonly key: string;
}

const putBack = (page: Page, object: string, { text, key }: Undo, conditions: Readonly<Record<string, string>>) =>
  page('PUT', `${object}/undo?${new URLSearchParams({ key })}`, {
    raw: text,
    headers: { 'content-type': 'text/calendar', ...conditions },
  });
const nothing = { 'if-none-match': '*' };
const etagOf = async (page: Page, object: string) => ({ 'if-match': (await page('GET', object)).json.etag as string });

describe('O7: what was done is taken back', () => {
  it.each(['bob', 'ada'] as const)(
    'R6, A1: what %s deletes comes back with its owner’s file and reminder',
    async (who) => {
      const page = who === 'bob' ? bob : ada;
      const { object, unfolded, read } = await sharedFolder('delete');
      const before = await unfolded();
      const kept = await read(page);
      if (who === 'bob') expect(kept.text).not.toContain('TRIGGER:-PT7M');
      expect((await page('DELETE', object, { headers: await etagOf(page, object) })).status).toBe(204);
      expect((await putBack(page, object, kept, nothing)).status).toBe(201);
      expect(await unfolded()).toBe(before);
      expect(before).toMatch(/ATTACH[^\r\n]*MANAGED-ID/);
      expect(before).toContain('TRIGGER:-PT7M');
    },
  );

  it('V4: neither who takes a deletion back nor who moves it has made an appointment that becomes private', async () => {
    const { theirs, object, read } = await sharedFolder('delete');
    const kept = await read(bob);
    await bob('DELETE', object, { headers: await etagOf(bob, object) });
    expect((await putBack(bob, object, kept, nothing)).status).toBe(201);
    const moved = `${theirs}moved.ics`;
    expect((await sharing.as.bob('MOVE', `${theirs}open.ics`, { headers: { destination: moved } })).status).toBe(201);
    const text = (await sharing.as.ada('GET', moved)).body;
    await put(sharing.as.ada, moved, text.replace('SUMMARY:Open', 'SUMMARY:Hidden\r\nCLASS:PRIVATE'));
    const shown = (await sharing.as.bob('GET', moved)).body;
    expect(shown).toContain('BEGIN:VEVENT');
    expect(shown).not.toContain('Hidden');
  });

  it('A1: a file of the owner’s that a sharee has taken off', async () => {
    const { theirs, object, unfolded, read } = await sharedFolder('edit-all');
    const before = await unfolded();
    const kept = await read(bob);
    const managedId = /MANAGED-ID=([^;:]+)/.exec(before)?.[1];
    const removed = await sharing.as.bob('POST', `${theirs}open.ics?action=attachment-remove&managed-id=${managedId}`);
    expect(removed.status).toBe(204);
    expect(await unfolded()).not.toContain('ATTACH');
    expect((await putBack(bob, object, kept, await etagOf(bob, object))).status).toBe(204);
    expect(await unfolded()).toBe(before);
  });

  it('S4: by the rights that there are now, and never over something else', async () => {
    const { theirs, object, unfolded, read } = await sharedFolder('delete');
    const kept = await read(bob);
    const seen = await etagOf(bob, object);
    expect((await bob('PATCH', object, { body: { title: 'By Bob' }, headers: seen })).status).toBe(200);
    expect((await putBack(bob, object, kept, {})).status).toBe(428);
    expect((await putBack(bob, object, kept, seen)).status).toBe(412);
    expect((await putBack(bob, object, kept, nothing)).status).toBe(412);
    await share(sharing.as.ada, theirs, 'bob', 'read');
    expect((await putBack(bob, object, kept, await etagOf(bob, object))).status).toBe(403);
    expect(await unfolded()).toContain('SUMMARY:By Bob');
  });

  it('only by who was about to do it, and where', async () => {
    const { object, unfolded, read } = await sharedFolder('delete');
    const before = await unfolded();
    const [own, other] = [await read(bob), await read(ada)];
    const elsewhere = object.replace('open.ics', 'other.ics');
    for (const [path, kept] of [
      [object, { ...own, key: other.key }],
      [object, { ...own, key: 'none' }],
      [elsewhere, own],
    ] as const) {
      const { status, json } = await putBack(bob, path, kept, nothing);
      expect([status, json.detail]).toEqual([409, 'This cannot be undone any more.']);
    }
    expect(await unfolded()).toBe(before);
  });
});
