import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

const menu = (page: Page, folder: string) => page.getByRole('button', { name: `Menu of ${folder}`, exact: true });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();
async function choose(page: Page, folder: string, item: string): Promise<void> {
  await menu(page, folder).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function makeFolder(page: Page, name: string, fill: () => Promise<unknown> = async () => {}): Promise<void> {
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await fill();
  await page.getByRole('button', { name: 'Save' }).click();
  await menu(page, name).waitFor();
}

async function urlOf(page: Page, folder: string): Promise<string> {
  await choose(page, folder, 'Properties');
  const url = await page.getByLabel('CalDAV URL', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return url;
}

describe.skipIf(tool.missing)(`C5, S1, N3: the folder tree in a browser${tool.note}`, () => {
  it('C5: sign in → folder tree → menu → Properties → the URL, copied, and as a QR code', async () => {
    const ada = davClient(open.url, 'ada');
    await put(ada, `${(await defaultFolders(ada, 'ada')).calendar}known.ics`, event('known'));
    const page = await open.as('ada');
    await choose(page, 'Calendar', 'Properties');
    const dialog = page.getByRole('dialog', { name: 'Properties of Calendar' });
    const url = await dialog.getByLabel('CalDAV URL', { exact: true }).inputValue();
    await dialog.getByRole('img', { name: 'QR code of the CalDAV URL' }).waitFor();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(url);
    expect(url.startsWith(`${open.url}/calendars/ada/`)).toBe(true);
    // What there is to know of a folder beside that.
    const facts = (await dialog.locator('dl').textContent()) ?? '';
    for (const fact of ['Ada Lovelace', 'Owner', 'Entries', 'Size', 'Last change']) expect(facts).toContain(fact);
    expect(await dialog.locator('dd').allTextContents()).toEqual([
      ...['Ada Lovelace', 'Owner', '1', expect.stringMatching(/^\d+ B$/), expect.stringMatching(/\d{4}, \d\d:\d\d/)],
    ]);
    const answer = await davClient(open.url, 'ada')('PROPFIND', new URL(url).pathname, { headers: { depth: '0' } });
    expect(answer.status).toBe(207);
    await demandAccessible(page);
    await picture(page, 'properties');
  });

  it('the menu opens with the mouse, with a right click, with the keyboard, and with a long press', async () => {
    const page = await open.as('ada');
    const items = page.getByRole('menuitem', { name: 'Properties' });
    await page.locator('.folder-row', { hasText: 'Calendar' }).click({ button: 'right' });
    await items.waitFor();
    await page.keyboard.press('Escape');
    await items.waitFor({ state: 'detached' });
    await menu(page, 'Calendar').focus();
    await page.keyboard.press('Enter');
    await items.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Share');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Properties of Calendar' }).waitFor();
    await page.keyboard.press('Escape');
    const row = page.locator('.folder-row', { hasText: 'Calendar' });
    await row.dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true });
    await items.waitFor();
  });

  it('a folder is made, renamed, coloured, moved, deleted, and restored at its URL', async () => {
    const page = await open.as('ada');
    await makeFolder(page, 'Engines', () => page.getByLabel('Colour').fill('#aa3311'));
    await makeFolder(page, 'Drawings');
    const url = await urlOf(page, 'Drawings');
    await choose(page, 'Drawings', 'Name, colour, place');
    await page.getByRole('textbox', { name: 'Name' }).fill('Plans');
    await page.getByLabel('Below').selectOption({ label: 'Engines ' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.branch .branch .branch', { hasText: 'Plans' }).waitFor();
    expect(await urlOf(page, 'Plans')).toBe(url);
    await put(davClient(open.url, 'ada'), `${new URL(url).pathname}a.ics`, event('a'));
    await choose(page, 'Plans', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await told(page, '“Plans” is in the trash');
    await menu(page, 'Plans').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Trash' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Plans' }).getByRole('button', { name: 'Restore' }).click();
    await told(page, '“Plans” is back');
    await page.keyboard.press('Escape');
    await menu(page, 'Plans').waitFor();
    expect(await urlOf(page, 'Plans')).toBe(url);
    await expect
      .poll(async () => (await davClient(open.url, 'ada')('GET', `${new URL(url).pathname}a.ics`)).status)
      .toBe(200);
  });

  it('what is done to folders is undone: made, changed, deleted, restored', async () => {
    const page = await open.as('cleo');
    const undo = () => page.getByRole('button', { name: 'Undo' }).last().click();
    await makeFolder(page, 'Made');
    await undo();
    await menu(page, 'Made').waitFor({ state: 'detached' });
    await makeFolder(page, 'Kept');
    await choose(page, 'Kept', 'Name, colour, place');
    await page.getByRole('textbox', { name: 'Name' }).fill('Renamed');
    await page.getByLabel('Colour', { exact: true }).fill('#aa3311');
    await page.getByRole('button', { name: 'Save' }).click();
    await menu(page, 'Renamed').waitFor();
    await undo();
    await menu(page, 'Kept').waitFor();
    await choose(page, 'Kept', 'Name, colour, place');
    expect(await page.getByLabel('Colour', { exact: true }).inputValue()).not.toBe('#aa3311');
    await page.keyboard.press('Escape');
    await choose(page, 'Kept', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await told(page, 'is in the trash');
    await undo();
    await menu(page, 'Kept').waitFor();
  });

  it('S1: a share is undone, in the dialog that made it; for good is asked once more', async () => {
    const page = await open.as('cleo');
    await makeFolder(page, 'Shared');
    await choose(page, 'Shared', 'Share');
    const dialog = page.getByRole('dialog', { name: 'Share Shared' });
    const right = dialog.getByLabel('Right of Ada Lovelace');
    const undo = () => dialog.getByRole('button', { name: 'Undo' }).last().click();
    await dialog.getByLabel('Add people or groups').fill('ada');
    await dialog.getByRole('button', { name: 'Ada Lovelace' }).click();
    await right.selectOption('edit-all');
    await expect.poll(() => dialog.locator('.notice', { hasText: 'Saved' }).count()).toBe(2);
    await undo();
    await expect.poll(() => right.inputValue()).toBe('read');
    await dialog.getByRole('button', { name: 'Stop sharing with Ada Lovelace' }).click();
    await dialog.getByText('Nobody else sees this folder.').waitFor();
    await undo();
    await right.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await choose(page, 'Shared', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Trash' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Shared' })
      .getByRole('button', { name: 'Delete for good' })
      .click();
    await page.getByRole('dialog').last().getByText('this cannot be undone').waitFor();
    await demandAccessible(page);
    await page.getByRole('dialog').last().getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Shared' }).waitFor({ state: 'detached' });
  });

  it('what is typed stays while devices change something', async () => {
    const page = await open.as('cleo');
    const dav = davClient(open.url, 'cleo');
    await menu(page, 'Calendar').waitFor();
    const before = await page.locator('.folder-row').count();
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Half typed');
    await dav('MKCALENDAR', '/calendars/cleo/meanwhile/', {});
    await expect.poll(() => page.locator('.folder-row').count()).toBe(before + 1);
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half typed');
  });

  it('the default folders are not offered for deletion', async () => {
    const page = await open.as('ada');
    await menu(page, 'Calendar').click();
    await page.getByRole('menuitem', { name: 'Share' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
  });

  it('S1, S2, V4: a folder is shared in plain words; the other one edits it, and sees what is private as busy', async () => {
    const page = await open.as('ada');
    await makeFolder(page, 'Team');
    const folder = new URL(await urlOf(page, 'Team')).pathname;
    const dav = davClient(open.url, 'ada');
    const at = (hour: number) => [`DTSTART:20260311T${hour}0000Z`, `DTEND:20260311T${hour}3000Z`];
    await put(
      dav,
      `${folder}open.ics`,
      event('open', [...at(10), 'SUMMARY:Open', 'ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:eve@example.org']),
    );
    await put(dav, `${folder}secret.ics`, event('secret', [...at(12), 'SUMMARY:Secret', 'CLASS:PRIVATE']));
    await choose(page, 'Team', 'Share');
    await page.getByLabel('Add people or groups').fill('bob');
    await page.getByRole('button', { name: 'Bob Bart' }).click();
    const right = page.getByLabel('Right of Bob Bart');
    await right.selectOption('delete');
    await page.getByText('Changes and deletes all entries.').waitFor();
    await demandAccessible(page);
    await picture(page, 'share');

    const other = await open.as('bob');
    await other.getByText('Shared with me').waitFor();
    await menu(other, 'Team (Ada Lovelace)').waitFor();
    await other.locator('.fc-event', { hasText: 'Busy' }).click();
    await other.getByText('This is a private appointment of somebody else').waitFor();
    expect(await other.content()).not.toContain('Secret');
    await other.keyboard.press('Escape');
    await other.locator('.fc-event', { hasText: 'Open' }).click();
    await other.getByLabel('Title').fill('Changed by Bob');
    await other.getByRole('button', { name: 'Save' }).click();
    await told(other, 'Saved');
    expect((await dav('GET', `${folder}open.ics`)).body).toContain('SUMMARY:Changed by Bob');
    await other.locator('.fc-event', { hasText: 'Changed by Bob' }).click();
    await other.getByRole('button', { name: 'Delete' }).click();
    await told(other, 'Deleted');
    expect((await dav('GET', `${folder}open.ics`)).status).toBe(404);
  });

  it('N1: folders are arranged one by one, and that is undone', async () => {
    const page = await open.as('bob');
    for (const name of ['Alpha', 'Beta', 'Gamma']) await makeFolder(page, name);
    const shown = async () => {
      const names = await page.locator('.folder-row .name').allTextContents();
      return names.filter((name) => ['Alpha', 'Beta', 'Gamma'].includes(name));
    };
    await expect.poll(shown).toEqual(['Alpha', 'Beta', 'Gamma']);
    await choose(page, 'Gamma', 'Move up');
    await expect.poll(shown).toEqual(['Alpha', 'Gamma', 'Beta']);
    await page.locator('.notice', { hasText: 'Saved' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(shown).toEqual(['Alpha', 'Beta', 'Gamma']);
    await choose(page, 'Alpha', 'Move down');
    await expect.poll(shown).toEqual(['Beta', 'Alpha', 'Gamma']);
    await page.reload();
    await expect.poll(shown).toEqual(['Beta', 'Alpha', 'Gamma']);
  });

  it('a calendar file goes in and out', async () => {
    const page = await open.as('bob');
    await makeFolder(page, 'Files');
    const file = join(mkdtempSync(join(tmpdir(), 'almanac-page-')), 'in.ics');
    const events = Array.from({ length: 120 }, (_, index) =>
      event(`in-${index}`).replace(/^BEGIN:VCALENDAR[\s\S]*?(?=BEGIN:VEVENT)|END:VCALENDAR\s*$/g, ''),
    );
    writeFileSync(file, `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events.join('')}END:VCALENDAR\r\n`);
    await choose(page, 'Files', 'Import');
    // As slow as a line in the country, so that one sees how far it is.
    const line = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 300, downloadThroughput: -1, uploadThroughput: -1 };
    await line.send('Network.emulateNetworkConditions', slow);
    await page.getByLabel('Calendar file').setInputFiles(file);
    await page.getByRole('progressbar', { name: 'Import' }).waitFor();
    expect(await page.getByLabel('Calendar file').isDisabled()).toBe(true);
    await page.getByText('120 imported, 0 left out.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const download = page.waitForEvent('download');
    await choose(page, 'Files', 'Export');
    const saved = await (await download).path();
    expect(readFileSync(saved, 'utf8').match(/BEGIN:VEVENT/g)).toHaveLength(120);
    await page.locator('.notice', { hasText: '120 imported' }).getByRole('button', { name: 'Undo' }).click();
    await page.locator('.notice', { hasText: 'Undone' }).waitFor();
    await choose(page, 'Files', 'Properties');
    await page.getByRole('dialog').getByText('0', { exact: true }).waitFor();
  });

  it('an import that breaks off says how far it came, and goes on with the same file', async () => {
    const page = await open.as('bob');
    await makeFolder(page, 'Broken off');
    const file = join(mkdtempSync(join(tmpdir(), 'almanac-page-')), 'long.ics');
    const events = Array.from({ length: 60 }, (_, index) =>
      event(`long-${index}`).replace(/^BEGIN:VCALENDAR[\s\S]*?(?=BEGIN:VEVENT)|END:VCALENDAR\s*$/g, ''),
    );
    writeFileSync(file, `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events.join('')}END:VCALENDAR\r\n`);
    let parts = 0;
    await page.route('**/import', (route) => {
      parts += 1;
      return parts === 2 ? route.abort() : route.continue();
    });
    await choose(page, 'Broken off', 'Import');
    await page.getByLabel('Calendar file').setInputFiles(file);
    await page.locator('.notice', { hasText: 'Almanac does not answer.' }).waitFor();
    await page.getByText('50 imported, 0 left out.').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByLabel('Calendar file').click();
    await (await chooser).setFiles(file);
    await page.getByText('10 imported, 50 left out.').waitFor();
  });

  it('without TLS, where a browser keeps things from a page, a folder is made and its URL is copied', async () => {
    const page = await open.as('cleo');
    await page.addInitScript(`
      delete Crypto.prototype.randomUUID;
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    `);
    await page.reload();
    await makeFolder(page, 'Plain');
    await choose(page, 'Plain', 'Properties');
    await page.getByRole('button', { name: 'Copy: CalDAV URL' }).click();
    await page.getByRole('button', { name: 'Copied: CalDAV URL' }).waitFor();
  });

  it('on a phone, the folders are behind a button', async () => {
    const page = await open.as('ada', { size: 'phone' });
    await page.getByRole('button', { name: 'Folders' }).click();
    await menu(page, 'Calendar').click();
    await demandAccessible(page);
    await page.getByRole('menuitem', { name: 'Properties' }).click();
    await page.getByLabel('CalDAV URL', { exact: true }).waitFor();
    await demandAccessible(page);
  });
});
