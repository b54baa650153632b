import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, it } from 'vitest';
import { event, todo } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { share } from '../protocol/sharing.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, type Open, openService, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (tool.missing) return;
  open = await openService();
  const ada = davClient(open.url, 'ada');
  const bob = davClient(open.url, 'bob');
  const { calendar, tasks } = await defaultFolders(ada, 'ada');
  await put(
    ada,
    `${calendar}full.ics`,
    event('full', [
      ...['DTSTART:20260312T100000Z', 'DTEND:20260312T110000Z', 'SUMMARY:Full', 'RRULE:FREQ=WEEKLY;COUNT=4'],
      ...['CATEGORIES:One,Two', 'ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:bob@example.org'],
      'ATTACH;FILENAME=plan.pdf:https://example.org/plan.pdf',
    ]),
  );
  await put(ada, `${tasks}t.ics`, todo('t', ['DUE:20260312T100000Z', 'PRIORITY:1', 'PERCENT-COMPLETE:40']));
  const { calendar: bobs } = await defaultFolders(bob, 'bob');
  const day = ['DTSTART:20260316T100000Z', 'DTEND:20260316T110000Z'];
  await put(bob, `${bobs}seen.ics`, event('seen', [...day, 'SUMMARY:Only seen']));
  await share(bob, bobs, 'ada', 'read');
});
afterEach(closePages);

const dialog = (page: Page) => page.getByRole('dialog').last();
const gone = (page: Page) => page.getByRole('dialog').first().waitFor({ state: 'detached' });
async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await gone(page);
}

/** Opens something, looks at it, and closes it. */
async function look(page: Page, show: () => Promise<unknown>): Promise<void> {
  await show();
  await dialog(page).waitFor();
  await demandAccessible(page);
  await closed(page);
}

describe.skipIf(tool.missing)(`O7: WCAG 2.2 AA as far as axe-core can tell${tool.note}`, () => {
  it.each([
    ['desktop', false],
    ['phone', true],
  ] as const)('every dialog of the calendar and the folders, at the size of a %s', async (size, dark) => {
    const page = await open.as('ada', { size, dark });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const entry = (title: string) => page.locator('.fc-event', { hasText: title }).first();
    await button('New appointment').click();
    await page.getByLabel('Repeat').selectOption('WEEKLY');
    await page.getByLabel('Ends').selectOption('until');
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    await demandAccessible(page);
    await page.keyboard.press('Escape');
    await demandAccessible(page);
    await dialog(page).getByRole('button', { name: 'Discard changes' }).click();
    await gone(page);
    await look(page, async () => {
      await entry('Full').click();
      await page.getByRole('link', { name: 'plan.pdf' }).waitFor();
    });
    await look(page, () => entry('Only seen').click());
    await entry('Full').click();
    await button('Delete').click();
    await demandAccessible(page);
    await page.keyboard.press('Escape');
    await closed(page);
    await look(page, () => button('Search').click());
    const item = async (name: string): Promise<void> => {
      await button('Menu of Calendar').click();
      await page.getByRole('menuitem', { name }).click();
    };
    if (size === 'phone') await button('Folders').click();
    for (const name of ['Share', 'Name, colour, place', 'Import (.ics)']) await look(page, () => item(name));
    for (const name of ['New folder', 'Trash']) await look(page, () => button(name).click());
  });

  it.each(['desktop', 'phone'] as const)('tasks and devices, at the size of a %s', async (size) => {
    const page = await open.as('ada', { size });
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('button', { name: 'Task t' }).waitFor();
    await demandAccessible(page);
    await look(page, () => page.getByRole('button', { name: 'Task t' }).click());
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByRole('heading', { name: 'Guides' }).waitFor();
    await demandAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await demandAccessible(page);
  });
});
