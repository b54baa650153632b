import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { closePages, drag, type Open, openBy, openService, stretch, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

const dialog = (page: Page) => page.getByRole('dialog').last();
const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).last().click();
const gone = (page: Page) => page.getByRole('dialog').first().waitFor({ state: 'detached' });
const column = (page: Page, day: string) => page.locator(`.fc-timegrid-col[data-date="${day}"]`);

async function stored(user: string, name: string, lines: readonly string[]) {
  const dav = davClient(open.url, user);
  const { calendar } = await defaultFolders(dav, user);
  await put(dav, `${calendar}${name}.ics`, event(name, lines));
  return async () => (await dav('GET', `${calendar}${name}.ics`)).body;
}

async function week(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Week', exact: true }).click();
}

describe.skipIf(tool.missing)(`O7: people’s ways through the calendar${tool.note}`, () => {
  it('an appointment is made longer by its lower edge, and that is undone', async () => {
    const text = await stored('ada', 'long', ['DTSTART:20260311T090000Z', 'DTEND:20260311T100000Z', 'SUMMARY:Long']);
    const page = await open.as('ada');
    await week(page);
    const height = (await page.locator('.fc-timegrid-slot-lane').first().boundingBox())?.height ?? 0;
    await stretch(page, entry(page, 'Long'), 2 * height);
    await told(page, 'was moved');
    expect(await text()).toMatch(/DTEND\S*:20260311T11/);
    expect(await text()).toContain('DTSTART:20260311T090000Z');
    await undo(page);
    await told(page, 'Undone');
    expect(await text()).toContain('DTEND:20260311T100000Z');
  });

  it('what is dragged twice, quicker than it is kept, is no conflict with oneself', async () => {
    const text = await stored('ada', 'hasty', ['DTSTART:20260310T110000Z', 'DTEND:20260310T120000Z', 'SUMMARY:Hasty']);
    const page = await open.as('ada');
    await week(page);
    let release = (): void => {};
    const both = new Promise<void>((done) => {
      release = done;
    });
    await page.route('**/api/v1/objects/**', async (route) => {
      if (route.request().method() === 'PATCH') await both;
      await route.continue();
    });
    const answers: number[] = [];
    page.on('response', (answer) => {
      if (answer.request().method() === 'PATCH') answers.push(answer.status());
    });
    await drag(page, entry(page, 'Hasty'), column(page, '2026-03-12'));
    await page.locator('.fc-event-mirror').waitFor({ state: 'detached' });
    await column(page, '2026-03-12').locator('.fc-event', { hasText: 'Hasty' }).waitFor();
    await drag(page, entry(page, 'Hasty'), column(page, '2026-03-13'));
    release();
    await expect.poll(text).toMatch(/DTSTART\S*:20260313T1/);
    await expect.poll(() => answers).toEqual([200, 200]);
    expect(await page.getByRole('dialog').count()).toBe(0);
    // The first one's notice has an undo, too, until the second is told.
    await expect.poll(() => page.locator('.notice', { hasText: 'was moved' }).count()).toBe(2);
    await undo(page);
    await told(page, 'Undone');
    expect(await text()).toMatch(/DTSTART\S*:20260312T1/);
  });

  it('what devices change while one drags takes nothing out of the hand', async () => {
    const text = await stored('cleo', 'held', ['DTSTART:20260310T110000Z', 'DTEND:20260310T120000Z', 'SUMMARY:Held']);
    const page = await open.as('cleo');
    await week(page);
    const from = await entry(page, 'Held').boundingBox();
    const to = await column(page, '2026-03-13').boundingBox();
    if (from === null || to === null) throw new Error('nothing is drawn');
    await page.mouse.move(from.x + 20, from.y + 6);
    await page.mouse.down();
    await page.mouse.move(to.x - 20, from.y + 6, { steps: 6 });
    const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/events'));
    await stored('cleo', 'late', ['DTSTART:20260311T110000Z', 'DTEND:20260311T120000Z', 'SUMMARY:Late']);
    await (await asked).finished();
    await page.mouse.move(to.x + to.width / 2, from.y + 6, { steps: 6 });
    await page.mouse.up();
    await told(page, 'was moved');
    expect(await text()).toMatch(/DTSTART\S*:20260313T1/);
    await entry(page, 'Late').waitFor();
    await expect.poll(() => entry(page, 'Held').count()).toBe(1);
    await column(page, '2026-03-13').locator('.fc-event', { hasText: 'Held' }).waitFor();
  });

  it('pulling over free time makes an appointment there', async () => {
    const page = await open.as('bob');
    await week(page);
    const lane = await column(page, '2026-03-12').boundingBox();
    const slot = await page.locator('.fc-timegrid-slot-lane[data-time="10:00:00"]').boundingBox();
    if (lane === null || slot === null) throw new Error('there is no grid');
    await page.mouse.move(lane.x + 20, slot.y + 4);
    await page.mouse.down();
    await page.mouse.move(lane.x + 20, slot.y + 2.5 * slot.height, { steps: 6 });
    await page.mouse.up();
    expect(await page.getByLabel('First day').inputValue()).toBe('2026-03-12');
    expect(await page.getByLabel('Start time').inputValue()).toBe('10:00');
    await page.keyboard.type('Pulled');
    await page.keyboard.press('Enter');
    await told(page, 'Created');
    await entry(page, 'Pulled').waitFor();
    await undo(page);
    await entry(page, 'Pulled').waitFor({ state: 'detached' });
  });

  it('one of a series is dragged, then all; one is deleted; each is undone', async () => {
    const text = await stored('bob', 'series', [
      ...['DTSTART;TZID=Europe/Berlin:20260309T140000', 'DTEND;TZID=Europe/Berlin:20260309T150000'],
      ...['SUMMARY:Series', 'RRULE:FREQ=DAILY;COUNT=3'],
    ]);
    const before = await text();
    const page = await open.as('bob');
    await week(page);
    const move = async (scope: string) => {
      await drag(page, entry(page, 'Series').first(), column(page, '2026-03-13'));
      await dialog(page).getByRole('button', { name: scope, exact: true }).click();
      await told(page, 'was moved');
    };
    const takeBack = async () => {
      await undo(page);
      await told(page, 'Undone');
      await expect.poll(text).toBe(before);
      await expect.poll(() => entry(page, 'Series').count()).toBe(3);
    };
    await move('This one');
    await expect.poll(text).toContain('RECURRENCE-ID');
    await takeBack();
    await move('All');
    await expect.poll(text).toContain('DTSTART;TZID=Europe/Berlin:20260313T1');
    await takeBack();
    const remove = page.getByRole('button', { name: 'Delete' });
    await openBy(entry(page, 'Series').nth(1), remove);
    await remove.click();
    await dialog(page).getByRole('button', { name: 'This one', exact: true }).click();
    await told(page, 'Deleted');
    await expect.poll(() => entry(page, 'Series').count()).toBe(2);
    await takeBack();
    // Whoever does not choose has not moved anything.
    await drag(page, entry(page, 'Series').first(), column(page, '2026-03-13'));
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await gone(page);
    expect(await text()).toBe(before);
  });

  it('the keyboard alone signs in, makes an appointment, walks the folders to the URL, and finds', async () => {
    const page = await open.as('');
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label") ?? ""');
    const tabTo = async (name: string): Promise<void> => {
      for (let stops = 0; stops < 60 && (await focused()) !== name; stops += 1) await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
    };
    await page.locator('input[name=login]:focus').waitFor();
    await page.keyboard.type('cleo');
    await page.keyboard.press('Tab');
    await page.keyboard.type('cleo');
    await page.keyboard.press('Enter');
    await page.locator('.fc').waitFor();
    await tabTo('Menu of Calendar');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByLabel('CalDAV URL', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await gone(page);
    expect(await focused()).toBe('Menu of Calendar');
    await tabTo('New appointment');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await page.keyboard.type('Typed');
    await page.keyboard.press('Enter');
    await told(page, 'Created');
    await gone(page);
    await entry(page, 'Typed').waitFor();
    await page.keyboard.press('/');
    await page.getByRole('searchbox').waitFor();
    await page.keyboard.press('Escape');
    await gone(page);
    // A single key can be turned off (WCAG 2.2, 2.1.4).
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Turn the key / off' }).click();
    await page.keyboard.press('/');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').waitFor();
  });

  it('paper gets the calendar and nothing else', async () => {
    const page = await open.as('ada');
    await page.locator('.fc-daygrid-day').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.top', '#folders', '.notices', '.bar button', '.bar select']) {
      for (const each of await page.locator(gone).all()) expect(await each.isVisible()).toBe(false);
    }
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(await page.locator('.fc-daygrid-day').count()).toBeGreaterThan(27);
  });
});
