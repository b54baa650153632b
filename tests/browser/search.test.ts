import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { share } from '../protocol/sharing.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (tool.missing) return;
  open = await openService();
  const ada = davClient(open.url, 'ada');
  const { calendar, tasks } = await defaultFolders(ada, 'ada');
  const at = (day: string) => [`DTSTART:2026${day}T100000Z`, `DTEND:2026${day}T110000Z`];
  await put(ada, `${calendar}far.ics`, event('far', [...at('0917'), 'SUMMARY:Zahnräder prüfen', 'LOCATION:Halle 3']));
  await put(ada, `${calendar}near.ics`, event('near', [...at('0312'), 'SUMMARY:Lunch', 'DESCRIPTION:gear wheels']));
  await put(ada, `${calendar}veiled.ics`, event('veiled', [...at('0313'), 'SUMMARY:Gear of mine', 'CLASS:PRIVATE']));
  await put(ada, `${tasks}oil.ics`, todo('oil', ['DUE;VALUE=DATE:20260320', 'DESCRIPTION:for the gear']));
  const shared = '/calendars/ada/shared/';
  await ada('MKCALENDAR', shared, {});
  await put(ada, `${shared}hidden.ics`, event('hidden', [...at('0314'), 'SUMMARY:Gear secret', 'CLASS:PRIVATE']));
  await put(ada, `${shared}open.ics`, event('open', [...at('0315'), 'SUMMARY:Gear fair']));
  await share(ada, shared, 'bob', 'read');
});
afterEach(closePages);

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill(text);
}
const results = (page: Page) => page.locator('.found button');

describe.skipIf(tool.missing)(`O7: the search in a browser${tool.note}`, () => {
  it('finds without case and accents, and opens an appointment at its date, whatever is shown', async () => {
    const page = await open.as('ada');
    await page.locator('.fc').waitFor();
    await search(page, 'ZAHNRADER');
    await results(page).filter({ hasText: 'Halle 3' }).waitFor();
    await page.getByRole('status').filter({ hasText: '1 found' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Edit appointment' }).waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Zahnräder prüfen');
    await page.keyboard.press('Escape');
    expect(await page.locator('h1').textContent()).toBe('September 2026');
    await page.locator('.fc-event', { hasText: 'Zahnräder' }).waitFor();
  });

  it('finds in descriptions, walks by arrows, and opens a task from the calendar', async () => {
    const page = await open.as('ada');
    await page.locator('.fc').waitFor();
    await search(page, 'gear');
    await expect.poll(() => results(page).count()).toBe(5);
    await demandAccessible(page);
    await picture(page, 'search');
    await page.getByRole('searchbox').fill('oil');
    await expect.poll(() => results(page).count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Edit task' }).waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Task oil');
    await page.keyboard.press('Escape');
    await search(page, 'no such thing');
    await page.getByText('Nothing was found.').waitFor();
  });

  it('V4: another one finds what is shared, and nothing by what is private', async () => {
    const page = await open.as('bob', { size: 'phone' });
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('gear');
    await results(page).filter({ hasText: 'Gear fair' }).waitFor();
    expect(await results(page).count()).toBe(1);
    await demandAccessible(page);
    await results(page).click();
    await page.getByRole('dialog', { name: 'Appointment' }).getByText('Gear fair').waitFor();
  });
});
