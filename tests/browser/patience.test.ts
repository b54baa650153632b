import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { clickInTime, demandAccessible, closePages, type Open, openService, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

const entry = (page: Page, title: string | RegExp) => page.locator('.fc-event', { hasText: title });

async function stored(name: string, day: string, lines: readonly string[]) {
  const ada = davClient(open.url, 'ada');
  const { calendar } = await defaultFolders(ada, 'ada');
  const href = `${calendar}${name}.ics`;
  await put(ada, href, event(name, [`DTSTART:${day}T100000Z`, `DTEND:${day}T110000Z`, ...lines]));
  return async () => (await ada('GET', href)).body;
}

describe.skipIf(tool.missing)(`O7: what is typed is not lost, in a browser${tool.note}`, () => {
  it('whoever presses Escape again and again is asked each time', async () => {
    await stored('escaped', '20260312', ['SUMMARY:Escaped']);
    const page = await open.as('ada');
    await entry(page, 'Escaped').click();
    await page.getByLabel('Title').fill('Typed');
    for (let round = 0; round < 3; round += 1) {
      await page.keyboard.press('Escape');
      await page.getByText('not saved yet').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('not saved yet').waitFor({ state: 'detached' });
      expect(await page.getByLabel('Title').inputValue()).toBe('Typed');
      expect(await page.getByLabel('Title').isVisible()).toBe(true);
    }
  });

  it('whose session ends while they edit signs in again, and goes on', async () => {
    const text = await stored('ended', '20260313', ['SUMMARY:Ended']);
    const page = await open.as('ada');
    await entry(page, 'Ended').click();
    await page.getByLabel('Title').fill('Goes on');
    await page.context().clearCookies();
    await clickInTime(page.getByRole('button', { name: 'Save' }));
    const again = page.getByRole('dialog', { name: 'Sign in' });
    await again.getByText('Your session has ended.').waitFor();
    await demandAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByText('not saved yet').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).last().click();
    await again.getByLabel('User name').fill('ada');
    await again.getByLabel('Password').fill('ada');
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Title').inputValue()).toBe('Goes on');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Saved' }).waitFor();
    expect(await text()).toContain('SUMMARY:Goes on');
  });

  it('what cannot be done for a moment is done by itself, and asks nobody to sign in', async () => {
    const page = await open.as('ada');
    const refusedOnce = new Set<string>();
    await page.route('**/api/v1/{session,objects/**}', async (route) => {
      const { pathname } = new URL(route.request().url());
      const name = `${route.request().method()} ${pathname.split('/')[3]}`;
      if (refusedOnce.has(name)) return route.continue();
      refusedOnce.add(name);
      await route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, body: 'not now' });
    });
    await page.reload();
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('By and by');
    await page.getByLabel('First day').fill('2026-03-26');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Created' }).waitFor();
    await entry(page, 'By and by').waitFor();
    expect([...refusedOnce]).toEqual(['GET session', 'POST objects']);
    await page.route('**/api/v1/session', (route) => route.abort());
    await page.reload();
    await page.locator('.notice', { hasText: 'Almanac does not answer' }).waitFor();
    expect(await page.getByLabel('Password').count()).toBe(0);
    await page.unroute('**/api/v1/session');
    await entry(page, 'By and by').waitFor();
  });

  it('without a connection the page says so, once, and what is typed is saved when it is back', async () => {
    const text = await stored('offline', '20260316', ['SUMMARY:Offline']);
    const page = await open.as('ada', { locale: 'de-DE' });
    await entry(page, 'Offline').click();
    await page.getByLabel('Titel').fill('Wieder da');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Speichern' }).click();
    const notice = page.locator('.notice', { hasText: 'Almanac antwortet nicht.' });
    await notice.waitFor();
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByRole('button', { name: 'Speichern', disabled: false }).waitFor();
    expect(await notice.count()).toBe(1);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.locator('.notice', { hasText: 'Gespeichert' }).waitFor();
    expect(await text()).toContain('SUMMARY:Wieder da');
  });

  it('an undo that would write over something newer does nothing, and says why in plain words', async () => {
    const text = await stored('newer', '20260317', ['SUMMARY:Old']);
    const page = await open.as('ada', { locale: 'de-DE' });
    await entry(page, 'Old').click();
    await page.getByLabel('Titel').fill('Mine');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByRole('button', { name: 'Rückgängig' }).waitFor();
    await stored('newer', '20260317', ['SUMMARY:Newer']);
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await page.locator('.notice', { hasText: 'Das wurde inzwischen anderswo geändert' }).waitFor();
    expect(await text()).toContain('SUMMARY:Newer');
  });

  it('the newest change is taken back by a key, which in a field is for what is typed there', async () => {
    const text = await stored('by-key', '20260318', ['SUMMARY:By key']);
    const page = await open.as('ada');
    await entry(page, 'By key').click();
    await page.getByLabel('Title').fill('By mistake');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Saved' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.getByRole('searchbox').press('Control+z');
    expect(await text()).toContain('SUMMARY:By mistake');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.locator('.notice', { hasText: 'Undone' }).waitFor();
    expect(await text()).toContain('SUMMARY:By key');
  });

  it('what was made and changed twice is taken back step by step', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    // On a day that has room for it.
    await page.getByLabel('First day').fill('2026-03-24');
    for (const title of ['First', 'Second', 'Third']) {
      await page.getByLabel('Title').fill(title);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await entry(page, title).click();
      await page.getByLabel('Title').waitFor();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const title of ['Second', 'First']) {
      await page.keyboard.press('Control+z');
      await entry(page, title).waitFor();
    }
    await page.keyboard.press('Control+z');
    await entry(page, 'First').waitFor({ state: 'detached' });
  });

  it('a notice stays as long as somebody is at it', async () => {
    await stored('held', '20260319', ['SUMMARY:Held']);
    const page = await open.as('ada');
    await page.clock.install({ time: new Date('2026-03-11T08:00:00Z') });
    await page.reload();
    await entry(page, 'Held').click();
    await page.getByLabel('Title').fill('Held on');
    await page.getByRole('button', { name: 'Save' }).click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.focus();
    await page.clock.runFor(120_000);
    expect(await undo.count()).toBe(1);
    await page.getByRole('button', { name: 'Today' }).focus();
    await page.clock.runFor(21_000);
    await undo.waitFor({ state: 'detached' });
  });

  it('who chooses no file after all is still in the editor', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    // What a browser tells when its dialog for files is cancelled, which no test can press (HTML, the file upload state).
    await page.getByLabel('Add files').dispatchEvent('cancel', { bubbles: true });
    await page.getByLabel('Title').fill('Still here');
    await page.getByLabel('Add files').dispatchEvent('cancel', { bubbles: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Created' }).waitFor();
  });

  it('who leaves a task that they have written at is asked first', async () => {
    const page = await open.as('ada');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('button', { name: 'New task' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'New task' }).click();
    await page.getByLabel('Title').fill('Half');
    await page.keyboard.press('Escape');
    await page.getByText('not saved yet').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Title').inputValue()).toBe('Half');
  });

  it('who leaves the whole page is asked by the browser, as long as something is not saved', async () => {
    const page = await open.as('ada');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Kept open');
    // Effects run a moment after what is drawn.
    await expect
      .poll(() => page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))"))
      .toBe(true);
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(await page.getByLabel('Title').inputValue()).toBe('Kept open');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Created' }).waitFor();
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => page.isClosed()).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('what is saved once more, since no answer came, is there once, as it was last', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Lost answer');
    await page.getByLabel('First day').fill('2026-03-25');
    let isLost = true;
    await page.route('**/api/v1/objects/**', async (route) => {
      if (!isLost) return route.continue();
      isLost = false;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Almanac does not answer' }).waitFor();
    await page.getByLabel('Title').fill('Found answer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice', { hasText: 'Created' }).waitFor();
    await entry(page, 'Found answer').waitFor();
    expect(await entry(page, /Lost answer|Found answer/).count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await entry(page, 'Found answer').waitFor({ state: 'detached' });
  });
});
