import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { fetchRaw } from './attachment-client.js';
import { type Page, signedIn } from './page-client.js';
import { share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

let sharing: Sharing;
let ada: Page;
beforeAll(async () => {
  sharing = await sharingService();
  ada = await signedIn(sharing.tested.service.url, 'ada');
});

const times = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z'];

async function withEvent(...lines: readonly string[]) {
  const folder = await newCalendar(sharing.as.ada, '', '/calendars/ada/');
  await put(sharing.as.ada, `${folder}e.ics`, event(`e-${folder}`, [...times, ...lines]));
  return { folder, url: `${folder}e.ics`, path: `/api/v1/objects/ada/${folder.split('/')[3]}/e.ics` };
}

describe('A1: attachments in the page', () => {
  const upload = (page: Page, url: string, raw: string) => {
    const headers = { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="the agenda.txt"' };
    return page('POST', `${url}?action=attachment-add`, { raw, headers });
  };

  it('are added and removed with the session, and open by a link that needs none', async () => {
    const { url, path } = await withEvent(
      'ATTACH;FMTTYPE=text/html:https://example.org/a/page.html',
      'ATTACH:javascript:1',
    );
    const added = await upload(ada, url, 'The agenda.');
    expect(added.status).toBe(201);
    const managedId = String(added.headers['cal-managed-id']);
    const { attachments, etag } = (await ada('GET', path)).json;
    expect(added.headers['etag']).toBe(etag);
    expect(attachments).toEqual([
      {
        managedId: null,
        href: 'https://example.org/a/page.html',
        filename: 'page.html',
        size: null,
        type: 'text/html',
      },
      {
        managedId,
        href: expect.stringContaining('signature='),
        filename: 'the agenda.txt',
        size: 11,
        type: 'text/plain',
      },
    ]);
    const opened = await fetchRaw(sharing.tested, attachments[1].href, {});
    expect([opened.status, opened.octets.toString()]).toEqual([200, 'The agenda.']);
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment/);
    const removed = await ada('POST', `${url}?action=attachment-remove&managed-id=${managedId}`, {});
    expect([removed.status, removed.headers['etag']]).toEqual([204, expect.stringMatching(/^"/)]);
    expect((await ada('GET', path)).json.attachments).toHaveLength(1);
  });

  it('V4: of a private appointment nobody else is told of, nor of its people', async () => {
    const lines = ['CLASS:PRIVATE', 'ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:eve@example.org'];
    const { folder, url, path } = await withEvent(...lines);
    await upload(ada, url, 'Secret.');
    await share(sharing.as.ada, folder, 'bob', 'read');
    const bob = await signedIn(sharing.tested.service.url, 'bob');
    expect((await bob('GET', path)).json).toMatchObject({
      masked: true,
      attachments: [],
      attendees: [],
      organizer: null,
    });
  });

  it('S4: of an appointment that somebody may read, they open for them', async () => {
    const { folder, url, path } = await withEvent();
    await upload(ada, url, 'For all.');
    await share(sharing.as.ada, folder, 'bob', 'read');
    const bob = await signedIn(sharing.tested.service.url, 'bob');
    const [{ href }] = (await bob('GET', path)).json.attachments;
    expect((await fetchRaw(sharing.tested, href, {})).octets.toString()).toBe('For all.');
  });
});

describe('O7: participants as data', () => {
  it('are invited and left out; CalDAV has them, and what it knew of them stays', async () => {
    const bob = 'ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob:mailto:bob@example.org';
    const { url, path } = await withEvent('ORGANIZER:mailto:boss@example.org', bob);
    const { json } = await ada('GET', path);
    expect(json).toMatchObject({
      organizer: { address: 'boss@example.org', name: null },
      attendees: [{ address: 'bob@example.org', name: 'Bob', status: 'ACCEPTED', role: 'REQ-PARTICIPANT' }],
    });
    const attendees = [{ address: 'bob@example.org' }, { address: 'cleo@example.org', name: 'Cleo' }];
    const changed = await ada('PATCH', path, { body: { attendees }, headers: { 'if-match': json.etag } });
    expect(changed.status).toBe(200);
    const { body } = await sharing.as.ada('GET', url);
    for (const line of [
      bob,
      'ATTENDEE;CN=Cleo;PARTSTAT=NEEDS-ACTION:mailto:cleo@example.org',
      'ORGANIZER:mailto:boss@',
    ])
      expect(body).toContain(line);
    for (const wrong of [
      [{ address: 'no address' }],
      [{ address: 'mailto:a@b' }],
      [{ address: 'a@b\r\nX:1' }],
      [{ address: '\ud800@example.org' }],
      [{ name: 'x' }],
      'bob',
      [7],
    ]) {
      const headers = { 'if-match': changed.json.etag };
      expect((await ada('PATCH', path, { body: { attendees: wrong }, headers })).status).toBe(400);
    }
  });

  it('of a new appointment are invited by who makes it', async () => {
    const folder = await newCalendar(sharing.as.ada, '', '/calendars/ada/');
    const body = {
      ...{ component: 'VEVENT', title: 'x', start: { local: '2026-01-05', zone: null } },
      attendees: [{ address: 'bob@example.org', name: 'Bob' }],
    };
    const made = await ada('POST', `/api/v1/objects/ada/${folder.split('/')[3]}`, { body });
    expect(made.status).toBe(201);
    expect((await sharing.as.ada('GET', made.json.href)).body).toContain('ORGANIZER;CN=Ada:mailto:ada@example.org');
  });
});

describe('O7: reminders of tasks', () => {
  it('T5: come before it is due', async () => {
    const tasks = '/api/v1/objects/ada/';
    const { folders } = (await ada('GET', '/api/v1/folders')).json;
    const { segment } = folders.find(({ components }: { components: string[] }) => components.includes('VTODO'));
    const body = { component: 'VTODO', title: 'x', end: { local: '2026-01-05T09:00:00', zone: 'Europe/Berlin' } };
    const made = (await ada('POST', `${tasks}${segment}`, { body: { ...body, reminders: [15] } })).json;
    expect((await sharing.as.ada('GET', made.href)).body).toContain('TRIGGER;RELATED=END:-PT15M');
    const path = `${tasks}${segment}/${made.name}`;
    expect((await ada('GET', path)).json.reminders).toEqual([15]);
    const headers = { 'if-match': made.etag };
    expect((await ada('PATCH', path, { body: { reminders: [60] }, headers })).status).toBe(200);
    expect((await ada('GET', '/api/v1/tasks')).json.tasks).toMatchObject([{ reminders: [60] }]);
    const dateless = { component: 'VTODO', title: 'x', reminders: [15] };
    expect((await ada('POST', `${tasks}${segment}`, { body: dateless })).status).toBe(400);
  });
});
