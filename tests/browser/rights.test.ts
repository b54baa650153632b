import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient } from '../support/dav-client.js';
import { share } from '../protocol/sharing.js';
import { put } from '../protocol/tested-service.js';
import { closePages, type Open, openService, tool } from './support/browser.js';

const folder = '/calendars/ada/team/';
let open: Open;
let ada: Dav;
beforeAll(async () => {
  if (tool.missing) return;
  open = await openService();
  ada = davClient(open.url, 'ada');
  await ada('MKCALENDAR', folder, {
    body: '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>Team</d:displayname></d:prop></d:set></c:mkcalendar>',
  });
  const times = ['DTSTART:20260312T100000Z', 'DTEND:20260312T110000Z'];
  await put(ada, `${folder}plan.ics`, event('plan', [...times, 'SUMMARY:Plan', 'ORGANIZER:mailto:ada@example.org']));
});
afterEach(closePages);

const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title }).first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();

/** What somebody who opens Ada's appointment is offered, and what the folder's menu and the list of calendars are. */
async function offers(page: Page, title: string) {
  await page.reload();
  await entry(page, title).click();
  await page.getByRole('dialog').waitFor();
  const edits = await page.getByLabel('Title').count();
  const deletes = await button(page, 'Delete').count();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Menu of Team (Ada Lovelace)' }).click();
  const menu = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  await button(page, 'New appointment').click();
  const calendars = await page.getByLabel('Calendar', { exact: true }).locator('option').allTextContents();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const has = (name: string) => menu.some((item) => item.startsWith(name));
  return {
    ...{ edits: edits > 0, deletes: deletes > 0, adds: calendars.includes('Team (Ada Lovelace)') },
    ...{ imports: has('Import'), shares: has('Share') },
  };
}

describe.skipIf(tool.missing)(`S1, S2, S4: rights in a browser${tool.note}`, () => {
  it('S4, V4: who sees busy times alone sees no more on the page, and finds nothing', async () => {
    await share(ada, folder, 'bob', 'see-busy');
    const page = await open.as('bob');
    await entry(page, 'Busy').click();
    await page.getByText('Your right in this folder is to see busy times').waitFor();
    expect(await page.content()).not.toContain('Plan');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('plan');
    await page.getByText('Nothing was found.').waitFor();
  });

  it('S1: each right offers what it allows, and nothing else', async () => {
    await share(ada, folder, 'bob', 'read');
    const page = await open.as('bob');
    const nothing = { edits: false, deletes: false, adds: false, imports: false, shares: false };
    const adds = { ...nothing, adds: true, imports: true };
    for (const [right, expected] of [
      ['read', nothing],
      ['add', adds],
      ['edit-own', adds],
      ['edit-all', { ...adds, edits: true }],
      ['delete', { ...adds, edits: true, deletes: true }],
      ['administer', { ...adds, edits: true, deletes: true, shares: true }],
    ] as const) {
      await share(ada, folder, 'bob', right);
      expect([right, await offers(page, 'Plan')]).toEqual([right, expected]);
    }
  });

  it('R6: who may only look sets reminders of their own, which nobody else gets', async () => {
    await share(ada, folder, 'cleo', 'read');
    const page = await open.as('cleo');
    await entry(page, 'Plan').click();
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    await button(page, 'Save').click();
    await told(page, 'Saved');
    expect((await ada('GET', `${folder}plan.ics`)).body).not.toContain('VALARM');
    const own = await davClient(open.url, 'cleo')('GET', `${folder}plan.ics`);
    expect(own.body).toContain('VALARM');
    await entry(page, 'Plan').click();
    await expect.poll(() => page.getByLabel('Reminder', { exact: true }).inputValue()).toBe('15');
  });
});
