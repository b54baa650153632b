import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { todo } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();

describe.skipIf(tool.missing)('O7: tasks in a browser', () => {
  it('are made, worked on, completed, and deleted', async () => {
    const page = await open.as('ada');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByText('Nothing is to be done.').waitFor();
    const make = async (title: string, due: string, priority: string) => {
      await page.getByRole('button', { name: 'New task' }).click();
      await page.getByLabel('Title').fill(title);
      await page.getByLabel('Due on').fill(due);
      await page.getByLabel('Priority').selectOption({ label: priority });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: title }).waitFor();
    };
    await make('Write the notes', '2026-03-20', 'None');
    await make('Order brass', '2026-03-09', 'High');
    const titles = page.locator('.task-title');
    expect(await titles.allTextContents()).toEqual(['Order brass', 'Write the notes']);
    await page.locator('.is-late').waitFor();
    await page.getByRole('button', { name: 'Write the notes' }).click();
    await page.getByLabel('Status').selectOption({ label: 'In progress' });
    await page.getByLabel('Percent done').fill('40');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('40 %').waitFor();
    await demandAccessible(page);
    await picture(page, 'tasks');
    await page.getByLabel('Done: Order brass').check();
    await expect.poll(() => titles.allTextContents()).toEqual(['Write the notes']);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => titles.count()).toBe(2);
    await page.getByRole('button', { name: 'Order brass' }).click();
    await demandAccessible(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await told(page, 'Deleted');
    await expect.poll(() => titles.count()).toBe(1);
  });

  it('a time is that of one’s own clock, and a task goes to another folder, and back', async () => {
    const dav = davClient(open.url, 'cleo');
    const { tasks } = await defaultFolders(dav, 'cleo');
    const [href, hut] = [`${tasks}wanders.ics`, '/calendars/cleo/hut/'];
    await put(dav, href, todo('wanders', ['DUE:20260312T223000Z', 'X-OWN:stays']));
    await dav('MKCALENDAR', hut, {
      body: `<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>Hut</d:displayname>
        <c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>`,
    });
    const text = async (url: string) => (await dav('GET', url)).body;
    const page = await open.as('cleo');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('button', { name: 'Task wanders' }).click();
    expect(await page.getByLabel('at', { exact: true }).inputValue()).toBe('23:30');
    await page.getByLabel('at', { exact: true }).fill('22:15');
    await page.getByLabel('Folder', { exact: true }).selectOption({ label: 'Hut' });
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, 'Saved');
    expect((await dav('GET', href)).status).toBe(404);
    for (const line of ['DUE:20260312T211500Z', 'X-OWN:stays']) expect(await text(hut)).toContain(line);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await told(page, 'Undone');
    expect(await text(href)).toContain('DUE:20260312T223000Z');
    expect(await text(hut)).not.toContain('wanders');
    await page.getByRole('button', { name: 'Task wanders' }).click();
    await page.getByLabel('Folder', { exact: true }).selectOption({ label: 'Hut' });
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, '“Task wanders” was moved');
    expect(await text(hut)).toContain('DUE:20260312T223000Z');
  });

  it('of a recurring task the next occurrence is ticked, and the others stay', async () => {
    const dav = davClient(open.url, 'gwen');
    const { tasks } = await defaultFolders(dav, 'gwen');
    const href = `${tasks}water.ics`;
    const weekly = ['DTSTART:20260105T080000Z', 'DUE:20260105T090000Z', 'RRULE:FREQ=WEEKLY'];
    await put(dav, href, todo('water', weekly));
    const text = async () => (await dav('GET', href)).body;
    const page = await open.as('gwen');
    await page.getByRole('link', { name: 'Tasks' }).click();
    const row = page.getByRole('button', { name: 'Task water' });
    await row.getByText('repeats').waitFor();
    const first = await row.textContent();
    await page.getByLabel('Done: Task water').check();
    await told(page, 'Done');
    await expect.poll(() => row.textContent()).not.toBe(first);
    expect(await page.getByLabel('Done: Task water').isChecked()).toBe(false);
    expect((await text()).match(/RECURRENCE-ID|STATUS:COMPLETED/g)?.toSorted()).toEqual([
      'RECURRENCE-ID',
      'STATUS:COMPLETED',
    ]);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => row.textContent()).toBe(first);
    await row.click();
    await page.getByLabel('Title').fill('Water more');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await told(page, 'Saved');
    expect(await text()).toContain('SUMMARY:Water more');
    expect(await text()).not.toContain('RECURRENCE-ID');
    expect(await text()).toContain('DUE:20260105T090000Z');
    await page.getByRole('button', { name: 'Water more' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'This one' }).click();
    await told(page, 'Deleted');
    expect(await text()).toContain('EXDATE');
  });

  it('R6: a task reminds before it is due, is listed by its status, and only what was changed is sent', async () => {
    const dav = davClient(open.url, 'bob');
    const { tasks } = await defaultFolders(dav, 'bob');
    const href = `${tasks}float.ics`;
    await put(dav, href, todo('float', ['DUE:20260312T100030', 'PRIORITY:3', 'LOCATION:Hut']));
    const text = async () => (await dav('GET', href)).body;
    const page = await open.as('bob');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('button', { name: 'Task float' }).click();
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    await page.getByLabel('Reminder', { exact: true }).selectOption({ label: '1 h before' });
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, 'Saved');
    for (const line of ['DUE:20260312T100030', 'PRIORITY:3', 'LOCATION:Hut']) expect(await text()).toContain(line);
    expect(await text()).toMatch(/TRIGGER;RELATED=END:-PT(1H|60M)/);
    await page.getByRole('button', { name: 'Task float' }).click();
    await expect.poll(() => page.getByLabel('Reminder', { exact: true }).inputValue()).toBe('60');
    await page.getByLabel('Status').selectOption({ label: 'Done' });
    expect(await page.getByLabel('Percent done').inputValue()).toBe('100');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nothing is to be done.').waitFor();
    await page.getByLabel('Which tasks').selectOption({ label: 'Done' });
    await page.getByRole('button', { name: 'Task float' }).waitFor();
    await page.getByLabel('Which tasks').selectOption({ label: 'Open' });
    await page.getByText('There is none.').waitFor();
    await page.getByLabel('Which tasks').selectOption({ label: 'All tasks' });
    await page.getByRole('button', { name: 'Task float' }).waitFor();
  });
});
