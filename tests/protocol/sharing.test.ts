import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import type { Dav } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { addTo, attachLines, pathOf } from './attachment-client.js';
import { comp, filter, found, range } from './calendar-queries.js';
import {
  childNames,
  dataIn,
  deepText,
  list,
  propfind,
  property,
  proppatch,
  props,
  refusal,
  report,
  responses,
  set,
  xml,
} from './dav-xml.js';
import { newCalendar, put } from './tested-service.js';
import { inHomeOf, share, type Sharing, sharingService } from './sharing.js';

let sharing: Sharing;
let ada: Dav;
let bob: Dav;
let cleo: Dav;
beforeAll(async () => {
  sharing = await sharingService();
  ({ ada, bob, cleo } = sharing.as);
});

const alarm = (minutes: number): readonly string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Reminder',
  `TRIGGER:-PT${minutes}M`,
  'END:VALARM',
];

async function sharedCalendar(right: Parameters<typeof share>[3], id = 'bob', inside = '') {
  const theirs = await newCalendar(ada, inside, '/calendars/ada/');
  await share(ada, theirs, id, right);
  return { theirs, mine: inHomeOf(id === 'crew' ? 'cleo' : id, theirs) };
}

const get = async (dav: Dav, url: string): Promise<string> => {
  const { status, body } = await dav('GET', url);
  if (status !== 200) throw new Error(`GET ${url}: ${status}`);
  return body;
};
const etag = (dav: Dav, url: string) => property(dav, url, 'd:getetag');
const sync = async (dav: Dav, url: string, token: string) => {
  const inside = `<d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop>`;
  const answer = await report(dav, url, xml('d:sync-collection', inside));
  if (answer.status !== 207) return { refused: refusal(answer), names: [], token: '' };
  const names = responses(answer).map(({ href }) => href.slice(href.lastIndexOf('/') + 1));
  return { names, token: /<d:sync-token>([^<]*)/.exec(answer.body)?.[1] ?? '' };
};

describe('S1: shares appear in the home of whom they are for', () => {
  it('with owner, rights, and the marks that clients know', async () => {
    const { theirs, mine } = await sharedCalendar('edit-all', 'bob', '<d:displayname>Work</d:displayname>');
    const listed = await list(bob, '/calendars/bob/', 'd:displayname', 'd:owner', 'd:resourcetype');
    const folder = listed.find(({ href }) => href === mine);
    expect(deepText(folder?.found['d:displayname'])).toBe('Work (Ada)');
    expect(deepText(folder?.found['d:owner'])).toBe('/principals/users/ada/');
    expect(childNames(folder?.found['d:resourcetype'])).toEqual(['d:collection', 'c:calendar', 'cs:shared']);
    expect(childNames((await propfind(ada, theirs, 'd:resourcetype')).found['d:resourcetype'])).toContain(
      'cs:shared-owner',
    );
    const privileges = async (url: string) =>
      (await propfind(bob, url, 'd:current-user-privilege-set')).found['d:current-user-privilege-set'];
    expect(JSON.stringify(await privileges(mine))).toContain('write-content');
    await share(ada, theirs, 'bob', 'read');
    expect(JSON.stringify(await privileges(mine))).not.toContain('write');
  });

  it('to groups, and groups within groups', async () => {
    const { mine } = await sharedCalendar('read', 'crew');
    expect((await list(cleo, '/calendars/cleo/', 'd:owner')).map(({ href }) => href)).toContain(mine);
    expect((await bob('PROPFIND', inHomeOf('bob', mine), { headers: { depth: '0' } })).status).toBe(404);
  });

  it('until the share, or the principal, is gone; a new principal of the same id inherits nothing', async () => {
    const { theirs } = await sharedCalendar('read', 'bob');
    await share(ada, theirs, 'bob', null);
    expect((await bob('GET', theirs)).status).toBe(404);
    const { service } = sharing.tested;
    const tenant = ['--tenant', service.tenant];
    const add = ['user', 'add', 'eve', ...tenant, '--password', 'eve'];
    expect((await runCli(service, add)).code).toBe(0);
    await share(ada, theirs, 'eve', 'read');
    expect(
      (await runCli(service, ['share', 'list', 'ada', theirs.split('/')[3] ?? '', ...tenant, '--json'])).json,
    ).toEqual([{ kind: 'user', id: 'eve', right: 'read' }]);
    expect((await runCli(service, ['user', 'remove', 'eve', ...tenant])).code).toBe(0);
    expect(
      (await runCli(service, ['share', 'list', 'ada', theirs.split('/')[3] ?? '', ...tenant, '--json'])).json,
    ).toEqual([]);
  });

  it('are granted and taken back by the command line, too', async () => {
    const theirs = await newCalendar(ada, '', '/calendars/ada/');
    const { service } = sharing.tested;
    const folder = ['ada', theirs.split('/')[3] ?? '', '--tenant', service.tenant];
    expect((await runCli(service, ['share', 'add', ...folder, '--to', 'bob', '--right', 'add'])).code).toBe(0);
    expect((await bob('GET', theirs)).status).toBe(200);
    expect((await runCli(service, ['share', 'add', ...folder, '--to', 'ada'])).code).toBe(1);
    expect((await runCli(service, ['share', 'add', ...folder, '--to', 'bob', '--right', 'all'])).code).toBe(2);
    expect((await runCli(service, ['share', 'remove', ...folder, '--from', 'bob'])).code).toBe(0);
    expect((await bob('GET', theirs)).status).toBe(404);
  });
});

describe('S3: properties of one’s own', () => {
  it('colour, order, name and transparency are each user’s, and the owner’s stay', async () => {
    const inside = '<d:displayname>Work</d:displayname><a:calendar-color>#111111</a:calendar-color>';
    const { theirs, mine } = await sharedCalendar('read', 'bob', inside);
    await share(ada, theirs, 'crew', 'read');
    const changes = set(
      '<d:displayname>Ada’s work</d:displayname>',
      '<a:calendar-color>#222222</a:calendar-color>',
      '<a:calendar-order>7</a:calendar-order>',
      '<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>',
    );
    expect(responses(await proppatch(bob, mine, changes))[0]?.failed).toEqual({});
    expect(await property(bob, mine, 'd:displayname')).toBe('Ada’s work');
    expect(await property(bob, mine, 'a:calendar-color')).toBe('#222222');
    expect(await property(bob, theirs, 'a:calendar-order')).toBe('7');
    expect(await property(ada, theirs, 'd:displayname')).toBe('Work');
    expect(await property(ada, theirs, 'a:calendar-color')).toBe('#111111');
    expect(await property(cleo, inHomeOf('cleo', theirs), 'a:calendar-color')).toBe('#111111');
    await proppatch(bob, mine, '<d:remove><d:prop><a:calendar-color/></d:prop></d:remove>');
    expect(await property(bob, mine, 'a:calendar-color')).toBe('#111111');
  });
});

describe('R6: reminders of one’s own', () => {
  it('each user sees and sets their own, with read-only rights, too; nobody’s are shown to others', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    await put(ada, `${theirs}a.ics`, event('a', alarm(10)));
    expect(await get(bob, `${mine}a.ics`)).not.toContain('VALARM');
    const before = await etag(bob, `${mine}a.ics`);
    const answer = await bob('PUT', `${mine}a.ics`, {
      headers: { 'content-type': 'text/calendar', 'if-match': before ?? '' },
      body: event('a', ['LAST-MODIFIED:20261101T000000Z', ...alarm(25)]),
    });
    expect([answer.status, answer.headers.etag]).toEqual([204, undefined]);
    expect(await get(bob, `${mine}a.ics`)).toContain('TRIGGER:-PT25M');
    expect(await get(bob, `${theirs}a.ics`)).toContain('TRIGGER:-PT25M');
    expect(await etag(bob, `${mine}a.ics`)).not.toBe(before);
    expect(await get(ada, `${theirs}a.ics`)).toBe(event('a', alarm(10)));
    // Ada's next change keeps Bob's reminder, and Bob's removal keeps Ada's.
    await put(ada, `${theirs}a.ics`, event('a', ['SUMMARY:Later', ...alarm(10)]));
    expect(await get(bob, `${mine}a.ics`)).toMatch(/SUMMARY:Later[^]*TRIGGER:-PT25M/);
    await put(bob, `${mine}a.ics`, event('a', ['SUMMARY:Later']));
    expect(await get(bob, `${mine}a.ics`)).not.toContain('VALARM');
    expect(await get(ada, `${theirs}a.ics`)).toContain('TRIGGER:-PT10M');
  });

  it('more than the reminder needs the right, and leaves no trace without it', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    await put(ada, `${theirs}a.ics`, event('a'));
    const body = event('a', ['SUMMARY:Mine', ...alarm(5)]);
    expect(refusal(await bob('PUT', `${mine}a.ics`, { body }))).toBe('403 d:need-privileges');
    expect(await get(bob, `${mine}a.ics`)).toBe(event('a'));
  });

  it('who may edit changes the appointment for all, and the reminder only for themselves', async () => {
    const { theirs, mine } = await sharedCalendar('edit-all');
    await put(ada, `${theirs}a.ics`, event('a', alarm(10)));
    await put(bob, `${mine}a.ics`, event('a', ['SUMMARY:Moved', ...alarm(30)]));
    expect(await get(ada, `${theirs}a.ics`)).toMatch(/SUMMARY:Moved[^]*TRIGGER:-PT10M/);
    expect(await get(ada, `${theirs}a.ics`)).not.toContain('PT30M');
    expect(await get(bob, `${mine}a.ics`)).toContain('TRIGGER:-PT30M');
    await put(bob, `${mine}new.ics`, event('new', alarm(30)));
    expect(await get(ada, `${theirs}new.ics`)).not.toContain('VALARM');
    expect(await get(bob, `${mine}new.ics`)).toContain('TRIGGER:-PT30M');
  });

  it('are reported by sync to whom they belong, and to nobody else', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    await share(ada, theirs, 'crew', 'read');
    await put(ada, `${theirs}a.ics`, event('a'));
    await put(ada, `${theirs}b.ics`, event('b'));
    const first = await sync(bob, mine, '');
    const others = await sync(cleo, inHomeOf('cleo', theirs), '');
    await put(bob, `${mine}a.ics`, event('a', alarm(5)));
    expect((await sync(bob, mine, first.token)).names).toEqual(['a.ics']);
    expect((await sync(cleo, inHomeOf('cleo', theirs), others.token)).names).toEqual([]);
    await put(ada, `${theirs}b.ics`, event('b', ['SUMMARY:x']));
    const both = await sync(bob, mine, first.token);
    expect([...both.names].sort()).toEqual(['a.ics', 'b.ics']);
    expect((await sync(bob, mine, both.token)).names).toEqual([]);
  });

  it('a reminder is of the appointment that it was set for, not of the next one under its name', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    await put(ada, `${theirs}a.ics`, event('a'));
    await put(bob, `${mine}a.ics`, event('a', alarm(5)));
    await ada('DELETE', `${theirs}a.ics`);
    await put(ada, `${theirs}a.ics`, event('other'));
    expect(await get(bob, `${mine}a.ics`)).not.toContain('VALARM');
  });
});

describe('V4: private appointments', () => {
  const secret = (uid: string, more: readonly string[] = []) =>
    event(uid, ['CLASS:PRIVATE', 'SUMMARY:Oncologist', 'LOCATION:Room 5', 'DESCRIPTION:Hidden', ...more, ...alarm(5)]);

  it('are busy time to others, in every way to look at them', async () => {
    const { theirs, mine } = await sharedCalendar('administer');
    await put(ada, `${theirs}s.ics`, secret('s', ['ATTACH:https://example.org/secret.pdf', 'X-SECRET:hidden too']));
    const data = '<d:prop><d:getetag/><c:calendar-data/></d:prop>';
    const multiget = await report(bob, mine, xml('c:calendar-multiget', `${data}<d:href>${mine}s.ics</d:href>`));
    const everything = [
      await get(bob, `${mine}s.ics`),
      await get(bob, `${theirs}s.ics`),
      await get(bob, mine),
      multiget.body,
      (await report(bob, mine, xml('c:calendar-query', data + filter('')))).body,
      (await report(bob, mine, xml('d:sync-collection', `<d:sync-token/><d:sync-level>1</d:sync-level>${data}`))).body,
      (
        await report(
          bob,
          mine,
          xml('c:free-busy-query', '<c:time-range start="20261101T000000Z" end="20261201T000000Z"/>'),
        )
      ).body,
      (await bob('PROPFIND', `${mine}s.ics`, { headers: { depth: '0' } })).body,
    ];
    for (const text of everything) expect(text).not.toMatch(/Oncologist|Room 5|[Hh]idden|secret|VALARM/);
    const [shown] = responses(multiget);
    expect(shown === undefined ? '' : dataIn(shown)).toMatch(/SUMMARY:Busy/);
    expect(everything[6]).toContain(':20261124T100000Z/20261124T110000Z');
    expect(await property(bob, `${mine}s.ics`, 'd:getcontentlength')).toBe(
      String(Buffer.byteLength(await get(bob, `${mine}s.ics`))),
    );
    expect(await get(ada, `${theirs}s.ics`)).toContain('Oncologist');
  });

  it('and with them what is attached, which others cannot fetch', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    const fetched: Record<string, unknown> = {};
    for (const [uid, text] of Object.entries({ open: event('open'), s: secret('s') })) {
      await put(ada, `${theirs}${uid}.ics`, text);
      await addTo(ada, `${theirs}${uid}.ics`, `attached to ${uid}`);
      const path = pathOf(attachLines(await get(ada, `${theirs}${uid}.ics`))[0]);
      fetched[uid] = [(await bob('GET', path)).status, await get(ada, path)];
      expect(attachLines(await get(bob, `${mine}${uid}.ics`))).toHaveLength(uid === 's' ? 0 : 1);
    }
    expect(fetched).toEqual({ open: [200, 'attached to open'], s: [404, 'attached to s'] });
  });

  it('no filter finds out what is hidden', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    await put(ada, `${theirs}s.ics`, secret('s'));
    await put(ada, `${theirs}open.ics`, event('open', ['SUMMARY:Oncologist']));
    const text = (name: string, value: string) =>
      filter(comp('VEVENT', `<c:prop-filter name="${name}"><c:text-match>${value}</c:text-match></c:prop-filter>`));
    expect(await found(ada, theirs, text('SUMMARY', 'oncolog'))).toEqual(['open', 's']);
    expect(await found(bob, mine, text('SUMMARY', 'oncolog'))).toEqual(['open']);
    expect(await found(bob, mine, text('LOCATION', 'room'))).toEqual([]);
    const undefinedFilter = (name: string) =>
      filter(comp('VEVENT', `<c:prop-filter name="${name}"><c:is-not-defined/></c:prop-filter>`));
    expect(await found(bob, mine, undefinedFilter('LOCATION'))).toEqual(['open', 's']);
    expect(
      await found(bob, mine, filter(comp('VEVENT', comp('VALARM', range('20261124T000000Z', '20261125T000000Z'))))),
    ).toEqual([]);
    expect(await found(bob, mine, filter(comp('VEVENT', range('20261124T000000Z', '20261125T000000Z'))))).toEqual([
      'open',
      's',
    ]);
  });

  it('in every component of the object, and of dead properties', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    const override = [
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:s',
      'DTSTAMP:20260101T000000Z',
      'RECURRENCE-ID:20261125T100000Z',
    ];
    const first = ['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z'];
    const moved = ['DTSTART:20261125T120000Z', 'DTEND:20261125T130000Z', 'SUMMARY:Second opinion'];
    await put(ada, `${theirs}s.ics`, secret('s', [...first, 'RRULE:FREQ=DAILY;COUNT=3', ...override, ...moved]));
    await proppatch(ada, `${theirs}s.ics`, set('<x:note>secret note</x:note>'));
    expect(await get(bob, `${mine}s.ics`)).not.toMatch(/Oncologist|Second opinion/);
    expect((await bob('PROPFIND', `${mine}s.ics`, { headers: { depth: '0' } })).body).not.toContain('secret note');
  });

  it('are whole to who made them and to who attends them', async () => {
    const { theirs, mine } = await sharedCalendar('edit-all');
    await put(bob, `${mine}made.ics`, secret('made'));
    expect(await get(bob, `${mine}made.ics`)).toContain('Oncologist');
    const attendees = ['ORGANIZER:mailto:ada@example.org', 'ATTENDEE:MAILTO:Robert@Example.org'];
    await put(ada, `${theirs}attended.ics`, secret('attended', attendees));
    expect(await get(bob, `${mine}attended.ics`)).toContain('Oncologist');
    await share(ada, theirs, 'crew', 'edit-all');
    expect(await get(cleo, `${inHomeOf('cleo', theirs)}made.ics`)).not.toContain('Oncologist');
  });

  it('cannot be overwritten, copied out whole or deleted by who sees them masked', async () => {
    const { theirs, mine } = await sharedCalendar('administer');
    await put(ada, `${theirs}s.ics`, secret('s'));
    const masked = await get(bob, `${mine}s.ics`);
    expect(refusal(await bob('PUT', `${mine}s.ics`, { body: masked }))).toBe('403 d:need-privileges');
    expect(refusal(await bob('DELETE', `${mine}s.ics`))).toBe('403 d:need-privileges');
    const destination = `${sharing.calendars['bob']}copied.ics`;
    expect((await bob('MOVE', `${mine}s.ics`, { headers: { destination } })).status).toBe(403);
    expect((await bob('COPY', `${mine}s.ics`, { headers: { destination } })).status).toBe(201);
    expect(await get(bob, destination)).not.toContain('Oncologist');
    expect(await get(ada, `${theirs}s.ics`)).toContain('Oncologist');
  });

  it('a tag of the masked view does not let through what would overwrite the whole one', async () => {
    const { theirs, mine } = await sharedCalendar('see-busy');
    await put(ada, `${theirs}a.ics`, event('a'));
    const masked = await get(bob, `${mine}a.ics`);
    const old = await etag(bob, `${mine}a.ics`);
    await share(ada, theirs, 'bob', 'edit-all');
    expect(await etag(bob, `${mine}a.ics`)).not.toBe(old);
    const answer = await bob('PUT', `${mine}a.ics`, { headers: { 'if-match': old ?? '' }, body: masked });
    expect(answer.status).toBe(412);
    expect(await get(ada, `${theirs}a.ics`)).toBe(event('a'));
  });
});

describe('S4: a change of rights', () => {
  it('ends sync tokens of the view that was', async () => {
    const { theirs, mine } = await sharedCalendar('see-busy');
    await put(ada, `${theirs}a.ics`, event('a'));
    const { token } = await sync(bob, mine, '');
    expect((await sync(bob, mine, token)).names).toEqual([]);
    await share(ada, theirs, 'bob', 'read');
    expect(await sync(bob, mine, token)).toMatchObject({ refused: '403 d:valid-sync-token' });
    const ctag = await property(bob, mine, 'cs:getctag');
    await share(ada, theirs, 'bob', 'see-busy');
    expect(await property(bob, mine, 'cs:getctag')).not.toBe(ctag);
  });

  it('shows itself in DAV:acl to who may read it', async () => {
    const { theirs, mine } = await sharedCalendar('read');
    const acl = async (dav: Dav, url: string) =>
      (
        await dav('PROPFIND', url, {
          headers: { depth: '0' },
          body: xml('d:propfind', props('d:acl')),
        })
      ).body;
    expect(await acl(ada, theirs)).toContain('/principals/users/bob/');
    expect(await acl(bob, mine)).not.toContain('/principals/users/ada/</d:href></d:principal>');
    await share(ada, theirs, 'bob', 'administer');
    expect(await acl(bob, mine)).toContain('/principals/users/ada/');
  });
});

describe('T2: folders with tasks only', () => {
  it('are not listed to others in the groupware, and are in standard (T6)', async () => {
    const tasks = '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>';
    const { theirs, mine } = await sharedCalendar('read', 'bob', tasks);
    await put(ada, `${theirs}t.ics`, todo('t'));
    const listed = async () => (await list(bob, '/calendars/bob/', 'd:owner')).map(({ href }) => href);
    expect(await listed()).toContain(mine);
    expect(await get(bob, `${mine}t.ics`)).toContain('Task t');
    const { service } = sharing.tested;
    const profile = (name: string) =>
      runCli(service, ['user', 'set', 'ada', '--tenant', service.tenant, '--profile', name]);
    try {
      expect((await profile('groupware')).code).toBe(0);
      await expect.poll(listed, { timeout: 20_000 }).not.toContain(mine);
    } finally {
      await profile('tenant');
      await expect.poll(listed, { timeout: 20_000 }).toContain(mine);
    }
  });
});
