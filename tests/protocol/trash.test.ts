import { beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { davClient } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { deepText, list, property, proppatch, refusal, responses, set } from './dav-xml.js';
import { inHomeOf, share } from './sharing.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const home = '/calendars/user01/';
interface Entry {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly members: number;
}
const trash = async (): Promise<readonly Entry[]> =>
  JSON.parse((await tested.dav('GET', '/api/v1/trash')).body).trash as Entry[];
const entryOf = async (href: string): Promise<Entry> => {
  const entry = (await trash()).find((each) => each.href === href);
  if (entry === undefined) throw new Error(`${href} is not in the trash`);
  return entry;
};
const restore = async (id: string, segment?: string) => {
  const path = `/api/v1/trash/${encodeURIComponent(id)}/restore`;
  const body = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ segment }) };
  const answer = await tested.dav('POST', path, segment === undefined ? {} : body);
  return { ...answer, json: answer.body.startsWith('{') ? JSON.parse(answer.body) : null };
};
const get = async (url: string) => (await tested.dav('GET', url)).body;

describe('N1, N3: the folder tree', () => {
  const parent = (href: string) =>
    set(`<m:parent-folder xmlns:m="https://almanac.example/ns/"><d:href>${href}</d:href></m:parent-folder>`);
  const parentOf = async (url: string) => {
    const body = `<d:propfind xmlns:d="DAV:"><d:prop><m:parent-folder xmlns:m="https://almanac.example/ns/"/></d:prop></d:propfind>`;
    const [told] = responses(await tested.dav('PROPFIND', url, { headers: { depth: '0' }, body }));
    return deepText(told?.found['{https://almanac.example/ns/}parent-folder']);
  };

  it('a new folder stands below the default one of its kind', async () => {
    expect(await parentOf(await newCalendar(tested.dav))).toBe(tested.calendar);
    const comp = '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>';
    expect(await parentOf(await newCalendar(tested.dav, comp))).toBe(tested.tasks);
  });

  it('moving a folder in the tree changes no URL, tag of a member or sync token’s epoch', async () => {
    const [above, below] = [await newCalendar(tested.dav), await newCalendar(tested.dav)];
    await put(tested.dav, `${below}a.ics`, event('a'));
    const before = await property(tested.dav, `${below}a.ics`, 'd:getetag');
    expect(responses(await proppatch(tested.dav, below, parent(above)))[0]?.failed).toEqual({});
    expect(await parentOf(below)).toBe(above);
    expect(await property(tested.dav, `${below}a.ics`, 'd:getetag')).toBe(before);
  });

  it('not below itself, nor where nothing is', async () => {
    const [above, below] = [await newCalendar(tested.dav), await newCalendar(tested.dav)];
    await proppatch(tested.dav, below, parent(above));
    expect((await proppatch(tested.dav, above, parent(below))).status).toBe(409);
    expect((await proppatch(tested.dav, above, parent(above))).status).toBe(409);
    expect((await proppatch(tested.dav, above, parent(`${home}nowhere/`))).status).toBe(409);
    expect(await parentOf(above)).toBe(tested.calendar);
  });
});

describe('N3: the trash', () => {
  it.each(['@attachments', '..', '.', '', 'a/b', 'a\u0000b', '\ud800', 'x'.repeat(256)])(
    'a folder does not come back as %j',
    async (segment) => {
      const url = await newCalendar(tested.dav);
      await tested.dav('DELETE', url);
      const { id } = await entryOf(url);
      expect((await restore(id, segment)).status).toBe(400);
      expect((await entryOf(url)).id).toBe(id);
    },
  );

  it('a page of another site restores nothing (Fetch Metadata)', async () => {
    const url = await newCalendar(tested.dav);
    await tested.dav('DELETE', url);
    const { id } = await entryOf(url);
    const path = `/api/v1/trash/${encodeURIComponent(id)}/restore`;
    expect((await tested.dav('POST', path, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await tested.dav('GET', url)).status).toBe(404);
    expect((await tested.dav('POST', path, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(201);
  });

  it('of a removed user is not that of the next one with the same id; nor what the user had set for others’ folders', async () => {
    const { service } = tested;
    const account = ['zed', '--tenant', service.tenant];
    const add = async () =>
      expect((await runCli(service, ['user', 'add', ...account, '--password', 'zed'])).code).toBe(0);
    await add();
    const zed = davClient(service.url, 'zed');
    const diary = await newCalendar(zed, '', '/calendars/zed/');
    await put(zed, `${diary}a.ics`, event('diary'));
    await zed('DELETE', diary);
    const shared = await newCalendar(tested.dav);
    await put(tested.dav, `${shared}a.ics`, event('shared'));
    await share(tested.dav, shared, 'zed', 'read');
    const seen = inHomeOf('zed', shared);
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Secret', 'TRIGGER:-PT5M', 'END:VALARM'];
    await put(zed, `${seen}a.ics`, event('shared', alarm));
    await proppatch(zed, seen, set('<d:displayname>Secret</d:displayname>'));
    expect((await zed('GET', '/api/v1/trash')).body).toContain(diary);
    expect((await runCli(service, ['user', 'remove', ...account])).code).toBe(0);
    await add();
    const listed = async () => (await zed('GET', '/api/v1/trash')).body;
    await expect.poll(listed, { timeout: 20_000 }).toBe('{"trash":[]}');
    await share(tested.dav, shared, 'zed', 'read');
    expect((await zed('GET', `${seen}a.ics`)).body).not.toContain('Secret');
    expect(await property(zed, seen, 'd:displayname')).not.toContain('Secret');
  });

  it('a deleted folder comes back at its URL with everything that was in it', async () => {
    const url = await newCalendar(
      tested.dav,
      '<d:displayname>Work</d:displayname><a:calendar-color>#123</a:calendar-color>',
    );
    await put(tested.dav, `${url}a.ics`, event('a'));
    await put(tested.dav, `${url}b.ics`, event('b'));
    await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:Second version']));
    await proppatch(tested.dav, `${url}a.ics`, set('<x:note>kept</x:note>'));
    await put(tested.dav, `${url}gone.ics`, event('gone'));
    await tested.dav('DELETE', `${url}gone.ics`);
    const token = await property(tested.dav, url, 'd:sync-token');
    expect((await tested.dav('DELETE', url)).status).toBe(204);
    expect((await tested.dav('GET', `${url}a.ics`)).status).toBe(404);
    const entry = await entryOf(url);
    expect(entry).toMatchObject({ name: 'Work', members: 2 });
    const { status, json } = await restore(entry.id);
    expect([status, json]).toEqual([201, { href: url, name: 'Work' }]);
    await expect.poll(async () => (await trash()).map(({ id }) => id), { timeout: 20_000 }).not.toContain(entry.id);
    expect(await get(`${url}a.ics`)).toBe(event('a', ['SUMMARY:Second version']));
    expect(await get(`${url}b.ics`)).toBe(event('b'));
    expect((await tested.dav('GET', `${url}gone.ics`)).status).toBe(404);
    expect(await property(tested.dav, url, 'd:displayname')).toBe('Work');
    expect(await property(tested.dav, url, 'a:calendar-color')).toBe('#123');
    expect((await tested.dav('PROPFIND', `${url}a.ics`, { headers: { depth: '0' } })).body).toContain('kept');
    // What a client knew of the life before does not continue.
    const again = await property(tested.dav, url, 'd:sync-token');
    expect(again?.split('/')[1]).not.toBe(token?.split('/')[1]);
  });

  it('its URL and UIDs are free at once; a restore onto what is taken is refused, names it, and offers another', async () => {
    const url = await newCalendar(tested.dav);
    await put(tested.dav, `${url}a.ics`, event('a'));
    await tested.dav('DELETE', url);
    expect((await tested.dav('MKCALENDAR', url)).status).toBe(201);
    await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:New']));
    const entry = await entryOf(url);
    const refused = await restore(entry.id);
    expect([refused.status, refused.json.taken]).toEqual([409, url]);
    expect(await get(`${url}a.ics`)).toBe(event('a', ['SUMMARY:New']));
    const { json } = await restore(entry.id, refused.json.offered);
    expect(json.href).toBe(`${home}${refused.json.offered}/`);
    await expect.poll(() => get(`${json.href}a.ics`), { timeout: 20_000 }).toBe(event('a'));
    expect(await get(`${url}a.ics`)).toBe(event('a', ['SUMMARY:New']));
  });

  it('of several lives of one URL each can be restored', async () => {
    const url = await newCalendar(tested.dav);
    for (const life of ['first', 'second']) {
      if (life === 'second') await tested.dav('MKCALENDAR', url);
      await put(tested.dav, `${url}a.ics`, event(life));
      await tested.dav('DELETE', url);
    }
    const [second, first] = (await trash()).filter((each) => each.href === url);
    await restore(first?.id ?? '');
    await expect.poll(() => get(`${url}a.ics`), { timeout: 20_000 }).toBe(event('first'));
    const { json } = await restore(second?.id ?? '', `${url.split('/')[3]}-second`);
    await expect.poll(() => get(`${json.href}a.ics`), { timeout: 20_000 }).toBe(event('second'));
  });

  it('tasks folders, too; what is purged is not offered any more, and strangers have no part in it', async () => {
    const comp = '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>';
    const url = await newCalendar(tested.dav, comp);
    await put(tested.dav, `${url}t.ics`, todo('t'));
    await tested.dav('DELETE', url);
    const { id } = await entryOf(url);
    const path = `/api/v1/trash/${encodeURIComponent(id)}`;
    expect((await tested.stranger('POST', `${path}/restore`)).status).toBe(404);
    expect((await tested.stranger('DELETE', path)).status).toBe(404);
    await restore(id);
    await expect.poll(() => get(`${url}t.ics`), { timeout: 20_000 }).toBe(todo('t'));
    await expect.poll(async () => (await trash()).some((each) => each.id === id), { timeout: 20_000 }).toBe(false);
    await tested.dav('DELETE', url);
    const again = await entryOf(url);
    expect((await tested.dav('DELETE', `/api/v1/trash/${encodeURIComponent(again.id)}`)).status).toBe(204);
    expect((await trash()).some((each) => each.id === again.id)).toBe(false);
    expect((await restore(again.id)).status).toBe(404);
  });

  it('attachments come back with the folder (A6)', async () => {
    const url = await newCalendar(tested.dav);
    await put(tested.dav, `${url}a.ics`, event('a'));
    const headers = { 'content-type': 'text/plain', 'content-disposition': 'attachment;filename=a.txt' };
    const added = await tested.dav('POST', `${url}a.ics?action=attachment-add`, { headers, body: 'attached' });
    expect(added.status).toBe(201);
    const file = String(added.headers.location);
    const before = await get(`${url}a.ics`);
    await tested.dav('DELETE', url);
    expect((await tested.dav('GET', file)).status).toBe(404);
    await restore((await entryOf(url)).id);
    await expect.poll(() => get(file), { timeout: 20_000 }).toBe('attached');
    expect(await get(`${url}a.ics`)).toBe(before);
  });

  it('the default folders cannot be deleted', async () => {
    expect(refusal(await tested.dav('DELETE', tested.calendar))).toBe('403 c:default-calendar-needed');
    expect((await list(tested.dav, home, 'd:resourcetype')).map(({ href }) => href)).toContain(tested.calendar);
  });
});
