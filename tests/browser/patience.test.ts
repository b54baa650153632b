import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { demandNoFaults, type Open, openService, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(demandNoFaults);

const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title });

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
});
