import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { share } from '../protocol/sharing.js';
import { put } from '../protocol/tested-service.js';
import { closePages, type Open, openService, tool } from './support/browser.js';

const team = '/calendars/ada/team/';
let open: Open;
let ada: Dav;
beforeAll(async () => {
  if (tool.missing) return;
  open = await openService();
  ada = davClient(open.url, 'ada');
  await ada('MKCALENDAR', team, {
    body: '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>Team</d:displayname></d:prop></d:set></c:mkcalendar>',
  });
});
afterEach(closePages);

const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).last().click();
const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();
const calendarField = (page: Page) => page.getByRole('dialog').getByLabel('Calendar', { exact: true });
const place = (page: Page) => calendarField(page).locator('option:checked').textContent();

async function stored(name: string, day: string, lines: readonly string[]) {
  const { calendar } = await defaultFolders(ada, 'ada');
  const href = `${calendar}${name}.ics`;
  await put(ada, href, event(name, [`DTSTART:${day}T100000Z`, `DTEND:${day}T110000Z`, ...lines]));
  const status = async () => (await ada('GET', href)).status;
  return { href, status };
}
const inTeam = async (): Promise<string> => (await ada('GET', team)).body.replaceAll('\r\n ', '');

describe.skipIf(tool.missing)(`O7: an appointment goes to another folder, in a browser${tool.note}`, () => {
  it('as it is, and back', async () => {
    const { status } = await stored('wanders', '20260310', ['SUMMARY:Wanders', 'X-OWN:stays']);
    const page = await open.as('ada');
    await entry(page, 'Wanders').click();
    await calendarField(page).selectOption({ label: 'Team' });
    await page.keyboard.press('Escape');
    await page.getByText('not saved yet').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).last().click();
    await save(page);
    await told(page, '“Wanders” was moved');
    expect(await status()).toBe(404);
    expect(await inTeam()).toContain('X-OWN:stays');
    await entry(page, 'Wanders').click();
    expect(await place(page)).toBe('Team');
    await page.keyboard.press('Escape');
    await undo(page);
    await told(page, 'Undone');
    expect(await status()).toBe(200);
    expect(await inTeam()).not.toContain('Wanders');
  });

  it('with what was changed and a file, all of it taken back by one undo', async () => {
    const { href, status } = await stored('packed', '20260311', ['SUMMARY:Packed']);
    const page = await open.as('ada');
    await entry(page, 'Packed').click();
    await page.getByLabel('Title').fill('Unpacked');
    await calendarField(page).selectOption({ label: 'Team' });
    const file = join(mkdtempSync(join(tmpdir(), 'almanac-page-')), 'list.txt');
    writeFileSync(file, 'socks');
    await page.getByLabel('Add files').setInputFiles(file);
    await save(page);
    await told(page, 'Saved');
    expect(await status()).toBe(404);
    expect(await inTeam()).toMatch(/ATTACH[^\r\n]*list\.txt/);
    expect(await inTeam()).toContain('SUMMARY:Unpacked');
    await undo(page);
    await told(page, 'Undone');
    const { body } = await ada('GET', href);
    expect(body).toContain('SUMMARY:Packed');
    expect(body).not.toContain('ATTACH');
    expect(await inTeam()).not.toContain('Unpacked');
  });

  it('a series goes as a whole, and the editor says so', async () => {
    await stored('rows', '20260316', ['SUMMARY:Rows', 'RRULE:FREQ=DAILY;COUNT=3']);
    const page = await open.as('ada');
    await entry(page, 'Rows').nth(1).click();
    await calendarField(page).selectOption({ label: 'Team' });
    await page.getByText('All occurrences of the series go there.').waitFor();
    await page.getByLabel('Title').fill('Rows again');
    await save(page);
    const scopes = page.getByRole('dialog', { name: 'Change which occurrences?' }).locator('.choices button');
    expect(await scopes.allTextContents()).toEqual(['All']);
    await scopes.first().click();
    await told(page, 'Saved');
    await expect.poll(() => entry(page, 'Rows again').count()).toBe(3);
    expect(await inTeam()).toContain('RRULE:FREQ=DAILY;COUNT=3');
  });

  it('where it is refused, what was changed is kept, and can be saved again', async () => {
    const { href } = await stored('twice', '20260312', ['SUMMARY:Twice']);
    const times = ['DTSTART:20260319T100000Z', 'DTEND:20260319T110000Z'];
    await put(ada, `${team}taken.ics`, event('twice', [...times, 'SUMMARY:Same UID']));
    const page = await open.as('ada');
    await entry(page, 'Twice').click();
    await page.getByLabel('Title').fill('Once');
    await calendarField(page).selectOption({ label: 'Team' });
    await save(page);
    await told(page, 'This appointment is in that folder already.');
    await told(page, 'Saved');
    expect((await ada('GET', href)).body).toContain('SUMMARY:Once');
    await calendarField(page).selectOption({ index: 0 });
    await page.getByLabel('Title').fill('Once more');
    await save(page);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(async () => (await ada('GET', href)).body).toContain('SUMMARY:Once more');
  });

  it('S4: there is no way back that would be refused, out of a folder that one may only add to', async () => {
    const bob = davClient(open.url, 'bob');
    const { calendar } = await defaultFolders(bob, 'bob');
    const times = ['DTSTART:20260317T100000Z', 'DTEND:20260317T110000Z'];
    await put(bob, `${calendar}given.ics`, event('given', [...times, 'SUMMARY:Given']));
    await share(ada, team, 'bob', 'add');
    const page = await open.as('bob');
    await entry(page, 'Given').click();
    await calendarField(page).selectOption({ label: 'Team (Ada Lovelace)' });
    await save(page);
    await told(page, '“Given” was moved');
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    expect(await inTeam()).toContain('SUMMARY:Given');
  });

  it('S4: what one may not take out of a folder stays there', async () => {
    const times = ['DTSTART:20260313T100000Z', 'DTEND:20260313T110000Z'];
    await put(ada, `${team}kept.ics`, event('kept', [...times, 'SUMMARY:Kept']));
    await share(ada, team, 'bob', 'edit-all');
    const page = await open.as('bob');
    await entry(page, 'Kept').click();
    await page.getByLabel('Title').waitFor();
    expect(await calendarField(page).count()).toBe(0);
  });
});
