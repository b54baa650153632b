import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { event } from '../support/calendar-data.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, drag, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

const dialog = (page: Page) => page.getByRole('dialog').last();
const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();

async function create(page: Page, title: string, fill: () => Promise<unknown> = async () => {}): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click();
  await page.getByLabel('Title').fill(title);
  await fill();
  await page.getByRole('button', { name: 'Save' }).click();
  await told(page, 'Created');
}

describe.skipIf(tool.missing)(`O7: the calendar in a browser${tool.note}`, () => {
  it('an appointment is made with all that it has, changed, and deleted; each can be undone', async () => {
    const page = await open.as('ada');
    await create(page, 'Engine review', async () => {
      await page.getByLabel('Start time').fill('09:30');
      await page.getByLabel('Place').fill('Workshop');
      await page.getByLabel('Description').fill('Bring the drawings');
      await page.getByRole('button', { name: 'Add a reminder' }).click();
      await page.getByRole('button', { name: 'Add a reminder' }).click();
      await page.getByLabel('Reminder', { exact: true }).last().selectOption({ label: '1 h before' });
      await page.getByLabel('Private').check();
    });
    await entry(page, 'Engine review').click();
    expect(await page.getByLabel('Place').inputValue()).toBe('Workshop');
    expect(await page.getByLabel('Start time').inputValue()).toBe('09:30');
    expect(await page.getByLabel('End time').inputValue()).toBe('10:30');
    expect(await page.getByLabel('Reminder', { exact: true }).count()).toBe(2);
    await page.getByLabel('Title').fill('Engine test');
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, 'Saved');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await entry(page, 'Engine review').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await told(page, 'Deleted');
    await entry(page, 'Engine review').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await entry(page, 'Engine review').waitFor();
  });

  it('a series is changed in one occurrence, from one on, and as a whole', async () => {
    const page = await open.as('bob');
    await create(page, 'Round', async () => {
      await page.getByLabel('First day').fill('2026-03-02');
      await page.getByLabel('Repeat').selectOption('WEEKLY');
      await page.getByRole('button', { name: 'Wed', exact: true }).click();
      await page.getByLabel('Ends').selectOption('count');
      await page.getByLabel('Number of occurrences').fill('8');
    });
    // Mondays and Wednesdays from the second on.
    await expect.poll(() => entry(page, 'Round').count()).toBe(8);
    const rename = async (which: number, title: string, scope: string) => {
      await entry(page, 'Round').nth(which).click();
      await page.getByLabel('Title').fill(title);
      await page.getByRole('button', { name: 'Save' }).click();
      await dialog(page).getByRole('button', { name: scope, exact: true }).click();
      await told(page, 'Saved');
      await page.getByRole('dialog').first().waitFor({ state: 'detached' });
    };
    await rename(1, 'Round alone', 'This one');
    await expect.poll(() => entry(page, 'Round alone').count()).toBe(1);
    await rename(5, 'Round later', 'This and the following ones');
    await expect.poll(() => entry(page, 'Round later').count()).toBe(3);
    await expect.poll(() => entry(page, 'Round').count()).toBe(8);
    await entry(page, 'Round later').first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog(page).getByRole('button', { name: 'All' }).click();
    await expect.poll(() => entry(page, 'Round').count()).toBe(5);
  });

  it('an appointment is dragged to another day and made longer', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await create(page, 'Dragged', () => page.getByLabel('First day').fill('2026-03-10'));
    await drag(page, entry(page, 'Dragged'), page.locator('.fc-timegrid-col[data-date="2026-03-13"]'));
    await told(page, 'was moved');
    await entry(page, 'Dragged').click();
    expect(await page.getByLabel('First day').inputValue()).toBe('2026-03-13');
    await page.keyboard.press('Escape');
  });

  it('what somebody else has changed meanwhile is not overwritten unasked', async () => {
    const dav = davClient(open.url, 'ada');
    const { calendar } = await defaultFolders(dav, 'ada');
    const text = (title: string, place: string) =>
      event('conflict', [
        ...['DTSTART:20260312T100000Z', 'DTEND:20260312T110000Z', `SUMMARY:${title}`, `LOCATION:${place}`],
      ]);
    const there = async () => (await dav('GET', `${calendar}conflict.ics`)).body;
    await put(dav, `${calendar}conflict.ics`, text('Common', 'Hall'));
    const page = await open.as('ada');
    await entry(page, 'Common').click();
    await page.getByLabel('Title').fill('Mine');
    await put(dav, `${calendar}conflict.ics`, text('Theirs', 'Yard'));
    await page.getByRole('button', { name: 'Save' }).click();
    const versions = page.getByRole('dialog', { name: 'Changed by somebody else' });
    await versions.getByRole('row', { name: 'Title Mine Theirs' }).waitFor();
    await versions.getByRole('row', { name: 'Place Hall Yard' }).waitFor();
    await versions.getByText('What you have not touched stays as it is there: Place.').waitFor();
    await demandAccessible(page);
    expect(await there()).toContain('SUMMARY:Theirs');
    await versions.getByRole('button', { name: 'Keep mine' }).click();
    await entry(page, 'Mine').waitFor();
    expect(await there()).toContain('SUMMARY:Mine');
    expect(await there()).toContain('LOCATION:Yard');
    await entry(page, 'Mine').click();
    await page.getByLabel('Title').fill('Mine again');
    await put(dav, `${calendar}conflict.ics`, text('Theirs again', 'Yard'));
    await page.getByRole('button', { name: 'Save' }).click();
    await versions.getByRole('button', { name: 'Keep the other' }).click();
    await page.getByRole('dialog').first().waitFor({ state: 'detached' });
    await entry(page, 'Theirs again').waitFor();
  });

  it('is used with the keyboard alone', async () => {
    const page = await open.as('bob');
    await page.getByRole('button', { name: 'New appointment' }).focus();
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await told(page, 'Created');
    await entry(page, 'By keyboard').focus();
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Edit appointment').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toContain('By keyboard');
  });

  it('what a device changes is there without asking', async () => {
    const page = await open.as('bob');
    const dav = davClient(open.url, 'bob');
    const { calendar } = await defaultFolders(dav, 'bob');
    await page.locator('.fc-daygrid-day').first().waitFor();
    await put(
      dav,
      `${calendar}phone.ics`,
      event('phone', ['DTSTART:20260317T090000Z', 'DTEND:20260317T100000Z', 'SUMMARY:By phone']),
    );
    await entry(page, 'By phone').waitFor();
    await dav('DELETE', `${calendar}phone.ics`);
    await entry(page, 'By phone').waitFor({ state: 'detached' });
  });

  it('after an answer that refuses, changes come again by and by', async () => {
    const page = await open.as('ada');
    await page.locator('.fc').waitFor();
    let refused = 0;
    await page.route('**/api/v1/changes', async (route) => {
      if (refused > 0) return route.continue();
      refused += 1;
      await route.fulfill({ status: 503, headers: { 'Retry-After': '5' }, body: '' });
    });
    await page.reload();
    await expect.poll(() => refused).toBe(1);
    await page.waitForResponse((answer) => answer.url().endsWith('/api/v1/changes') && answer.status() === 200);
    const dav = davClient(open.url, 'ada');
    const { calendar } = await defaultFolders(dav, 'ada');
    const times = ['DTSTART:20260318T090000Z', 'DTEND:20260318T100000Z'];
    await put(dav, `${calendar}again.ics`, event('again', [...times, 'SUMMARY:Resumed']));
    await entry(page, 'Resumed').waitFor();
  });

  it('another time zone', async () => {
    const page = await open.as('ada');
    const dav = davClient(open.url, 'ada');
    const { calendar } = await defaultFolders(dav, 'ada');
    await put(
      dav,
      `${calendar}call.ics`,
      event('call', ['DTSTART:20260310T150000Z', 'DTEND:20260310T160000Z', 'SUMMARY:Call']),
    );
    await page.reload();
    await page.getByRole('button', { name: 'Agenda' }).click();
    await page.getByRole('row', { name: '16:00 - 17:00 Call' }).waitFor();
    await page.getByLabel('Time zone').selectOption('America/New_York');
    await page.getByRole('row', { name: '11:00 - 12:00 Call' }).waitFor();
    const phone = await open.as('ada', { size: 'phone' });
    await phone.getByRole('row', { name: '16:00 - 17:00 Call' }).waitFor();
    await phone.getByRole('button', { name: 'Account' }).click();
    await phone.locator('.menu-head').getByLabel('Time zone').selectOption('America/New_York');
    await phone.getByRole('row', { name: '11:00 - 12:00 Call' }).waitFor();
  });

  // Over ten processes on two cores the writing alone takes a minute.
  it.skipIf(inject('stack') !== undefined)('a month of 2,000 appointments is there, all of them', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => {
      const day = String((index % 28) + 1).padStart(2, '0');
      const hour = String(index % 23).padStart(2, '0');
      return `BEGIN:VEVENT\r\nUID:many-${index}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:202605${day}T${hour}0000Z\r\nDTEND:202605${day}T${hour}3000Z\r\nSUMMARY:Many ${index}\r\nEND:VEVENT\r\n`;
    });
    const dav = davClient(open.url, 'bob');
    const { calendar } = await defaultFolders(dav, 'bob');
    const path = calendar.replace('/calendars/', '/api/v1/folders/');
    const headers = { 'content-type': 'text/calendar' };
    const body = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${lines.join('')}END:VCALENDAR\r\n`;
    expect((await dav('POST', `${path}import`, { headers, body })).status).toBe(200);
    const page = await open.as('bob');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.locator('[data-date="2026-05-15"] .fc-event').first().waitFor();
    // What is drawn, and what stands behind "+71 more".
    const counts = `[...document.querySelectorAll('.fc-daygrid-day:not(.fc-day-other)')].map((day) =>
      [...day.querySelectorAll('.fc-daygrid-event-harness')].filter((each) => each.style.visibility !== 'hidden').length +
      Number(/\\d+/.exec(day.querySelector('.fc-more-link')?.textContent ?? '')?.[0] ?? 0))`;
    const total = async () => ((await page.evaluate(counts)) as readonly number[]).reduce((sum, each) => sum + each, 0);
    await expect.poll(total).toBe(2_000);
  });

  it('looks like this', async () => {
    const dav = davClient(open.url, 'cleo');
    const { calendar } = await defaultFolders(dav, 'cleo');
    const color =
      '<d:set><d:prop><d:displayname>Workshop</d:displayname><a:calendar-color xmlns:a="http://apple.com/ns/ical/">#b3622f</a:calendar-color></d:prop></d:set>';
    const body = `<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${color}</c:mkcalendar>`;
    await dav('MKCALENDAR', '/calendars/cleo/workshop/', { body });
    const at = (folder: string, name: string, lines: readonly string[]) =>
      put(dav, `${folder}${name}.ics`, event(name, lines));
    const berlin = (day: string, from: string, to: string) => [
      `DTSTART;TZID=Europe/Berlin:202603${day}T${from}00`,
      `DTEND;TZID=Europe/Berlin:202603${day}T${to}00`,
    ];
    await at(calendar, 'round', [
      ...berlin('02', '0900', '0930'),
      'SUMMARY:Team round',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
    ]);
    await at(calendar, 'lunch', [...berlin('12', '1230', '1330'), 'SUMMARY:Lunch with Mary']);
    await at(calendar, 'talk', [...berlin('10', '1500', '1630'), 'SUMMARY:Talk at the Society', 'LOCATION:Main hall']);
    await at(calendar, 'trip', ['DTSTART;VALUE=DATE:20260318', 'DTEND;VALUE=DATE:20260321', 'SUMMARY:Trip to Turin']);
    await at('/calendars/cleo/workshop/', 'test', [...berlin('11', '1300', '1500'), 'SUMMARY:Engine test']);
    await at('/calendars/cleo/workshop/', 'mill', [...berlin('06', '1000', '1200'), 'SUMMARY:Mill repair']);
    await at('/calendars/cleo/workshop/', 'cards', [
      'DTSTART;VALUE=DATE:20260324',
      'DTEND;VALUE=DATE:20260326',
      'SUMMARY:Punching cards',
    ]);
    for (const [size, dark, view, name] of [
      ['desktop', false, 'Month', 'calendar-month'],
      ['desktop', true, 'Week', 'calendar-week-dark'],
      ['phone', false, 'Agenda', 'calendar-phone'],
    ] as const) {
      const page = await open.as('cleo', { size, dark });
      await page.getByRole('button', { name: view, exact: true }).click();
      await entry(page, 'Engine test').waitFor();
      await picture(page, name);
    }
  });

  it.each(['desktop', 'phone'] as const)('is accessible at the size of a %s, light and dark', async (size) => {
    const page = await open.as('ada', { size });
    for (const view of ['Month', 'Week', 'Day', 'Agenda']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      await demandAccessible(page);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await demandAccessible(page);
  });
});
