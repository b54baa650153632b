import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { put } from '../protocol/tested-service.js';
import { demandAccessible, closePages, drag, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (tool.missing) return;
  open = await openService();
  await open.cli('tenant', 'set', 'example', '--max-attachment-size', '10000000');
  await open.cli('user', 'set', 'gwen', '--tenant', 'example', '--profile', 'groupware');
});
afterEach(closePages);

const dialog = (page: Page) => page.getByRole('dialog').last();
const entry = (page: Page, title: string) => page.locator('.fc-event', { hasText: title });
const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();
async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
}

/** A calendar of Ada's with one object in it. */
async function stored(name: string, lines: readonly string[]) {
  const dav = davClient(open.url, 'ada');
  const { calendar } = await defaultFolders(dav, 'ada');
  const href = `${calendar}${name}.ics`;
  await put(dav, href, event(name, lines));
  const text = async () => (await dav('GET', href)).body.replaceAll('\r\n ', '');
  return { dav, href, text };
}

const file = (name: string, octets: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'almanac-page-')), name);
  writeFileSync(path, randomBytes(octets));
  return path;
};

describe.skipIf(tool.missing)(`O7: editing in a browser${tool.note}`, () => {
  it('what nobody touches stays to the letter: a floating time, seconds, a category with a comma', async () => {
    const { text } = await stored('floating', [
      'DTSTART:20260312T090030',
      'DTEND:20260312T100015',
      'SUMMARY:Local',
      'CATEGORIES:One\\, two,Three',
    ]);
    const page = await open.as('ada');
    await entry(page, 'Local').click();
    expect(await page.getByLabel('Time zone of the start').inputValue()).toBe('');
    expect(await page.getByLabel('Start time').inputValue()).toBe('09:00:30');
    await page.getByRole('button', { name: 'Remove One, two' }).waitFor();
    await page.getByLabel('Title').fill('Local still');
    await save(page);
    await told(page, 'Saved');
    for (const line of ['DTSTART:20260312T090030', 'DTEND:20260312T100015', 'CATEGORIES:One\\, two,Three']) {
      expect(await text()).toContain(line);
    }
    await entry(page, 'Local still').click();
    await page.getByRole('button', { name: 'Remove Three' }).click();
    await page.getByLabel('Categories').fill('Four');
    await save(page);
    await expect.poll(text).toContain('CATEGORIES:One\\, two,Four');
    expect(await text()).toContain('DTSTART:20260312T090030');
  });

  it('dragging keeps an appointment in its own time zone', async () => {
    const { text } = await stored('abroad', [
      'DTSTART;TZID=America/New_York:20260310T040000',
      'DTEND;TZID=America/New_York:20260310T050000',
      'SUMMARY:Abroad',
    ]);
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await drag(page, entry(page, 'Abroad'), page.locator('.fc-timegrid-col[data-date="2026-03-13"]'));
    await told(page, 'was moved');
    expect(await text()).toMatch(/DTSTART;TZID=America\/New_York:20260313T04/);
  });

  it('dragging gives no length to an appointment that has none', async () => {
    const { text } = await stored('instant', ['DTSTART:20260311T130000Z', 'SUMMARY:Instant']);
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await drag(page, entry(page, 'Instant'), page.locator('.fc-timegrid-col[data-date="2026-03-13"]'));
    await told(page, 'was moved');
    const [start, end = start] = (await text()).match(/(?<=DT(START|END):)20260313T13\d+Z/g) ?? [];
    expect(start).toBeDefined();
    expect(end).toBe(start);
  });

  it('a series ends with its last day in its own zone', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Until');
    await page.getByLabel('First day').fill('2026-03-16');
    await page.getByLabel('Start time').fill('23:00');
    await page.getByLabel('Repeat').selectOption('DAILY');
    await page.getByLabel('Ends').selectOption('until');
    await page.getByLabel('Last day of the series').fill('2026-03-18');
    await save(page);
    await told(page, 'Created');
    await expect.poll(() => entry(page, 'Until').count()).toBe(3);
    await entry(page, 'Until').first().click();
    expect(await page.getByLabel('Last day of the series').inputValue()).toBe('2026-03-18');
    await page.getByLabel('Last day of the series').fill('2026-03-17');
    await save(page);
    // Only a series is repeated in another way: "this one" is not offered.
    expect(await dialog(page).getByRole('button', { name: 'This one' }).count()).toBe(0);
    await dialog(page).getByRole('button', { name: 'All' }).click();
    await expect.poll(() => entry(page, 'Until').count()).toBe(2);
  });

  it('a new series goes along with its first day, and its last day is never nothing', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Along');
    await page.getByLabel('First day').fill('2026-03-10');
    await page.getByLabel('Repeat').selectOption('WEEKLY');
    await page.getByLabel('Ends').selectOption('until');
    await page.getByLabel('First day').fill('2026-03-12');
    expect(await page.locator('.weekdays [aria-pressed=true]').allTextContents()).toEqual(['Thu']);
    await page.getByLabel('Last day of the series').fill('');
    await save(page);
    await dialog(page).getByLabel('Last day of the series').fill('2026-03-20');
    await save(page);
    await told(page, 'Created');
    await expect.poll(() => entry(page, 'Along').count()).toBe(2);
  });

  it('a month is repeated by which of its weekdays it is', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Council');
    await page.getByLabel('First day').fill('2026-03-10');
    await page.getByLabel('Repeat').selectOption('MONTHLY');
    await page.getByLabel('On', { exact: true }).selectOption({ label: 'on the second Tuesday' });
    await save(page);
    await told(page, 'Created');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.locator('[data-date="2026-04-14"] .fc-event', { hasText: 'Council' }).click();
    expect(await page.getByLabel('On', { exact: true }).inputValue()).toBe('2TU');
  });

  it('a day is added to a week that names none, and a rule keeps what the form has no field for', async () => {
    const week = ['DTSTART:20260310T130000Z', 'DTEND:20260310T133000Z', 'RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU'];
    const { text } = await stored('plain', [...week, 'SUMMARY:Plain']);
    const page = await open.as('ada');
    await entry(page, 'Plain').first().click();
    const day = (name: string) => dialog(page).getByRole('button', { name, exact: true });
    await expect.poll(() => day('Tue').getAttribute('aria-pressed')).toBe('true');
    await day('Thu').click();
    await page.getByLabel('First day').fill('');
    await page.getByLabel('First day').fill('2026-03-10');
    await save(page);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await told(page, 'Saved');
    expect(await text()).toContain('RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU');
  });

  it('files go along with a new appointment, are shown with their size, come back, and are removed', async () => {
    const page = await open.as('ada');
    const content = file('drawing.bin', 3_000_000);
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('With files');
    await page.getByLabel('Add files').setInputFiles([content, file('größe (1).txt', 10)]);
    await dialog(page).getByText('3 MB').waitFor();
    await demandAccessible(page);
    await save(page);
    await told(page, 'Created');
    await entry(page, 'With files').click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'drawing.bin' }).click();
    expect(readFileSync(await (await download).path())).toEqual(readFileSync(content));
    await page.getByRole('link', { name: 'größe (1).txt' }).waitFor();
    await picture(page, 'attachments');
    await page.getByRole('button', { name: 'Remove drawing.bin' }).click();
    await page.getByLabel('Add files').setInputFiles(file('late.txt', 20));
    await save(page);
    await told(page, 'Saved');
    await entry(page, 'With files').click();
    await page.getByRole('link', { name: 'late.txt' }).waitFor();
    expect(await page.getByRole('link', { name: 'drawing.bin' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await told(page, 'Undone');
    await entry(page, 'With files').click();
    await page.getByRole('link', { name: 'drawing.bin' }).waitFor();
    expect(await page.getByRole('link', { name: 'late.txt' }).count()).toBe(0);
  });

  it('an attachment that lies elsewhere opens beside the page, and one that is no page of the web is no link', async () => {
    await stored('linked', [
      ...['DTSTART:20260319T090000Z', 'DTEND:20260319T100000Z', 'SUMMARY:Linked'],
      ...['ATTACH:https://example.org/plan.pdf', 'ATTACH:javascript:alert(1)'],
    ]);
    const page = await open.as('ada');
    await entry(page, 'Linked').click();
    const links = dialog(page).locator('.attachments a');
    await links.first().waitFor();
    expect(await links.count()).toBe(1);
    expect(await links.first().getAttribute('target')).toBe('_blank');
  });

  it('an upload shows how far it is and can be cancelled; one that is refused says why', async () => {
    const page = await open.as('ada');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Slow');
    // A line of 100 kB a second.
    const line = await page.context().newCDPSession(page);
    await line.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 },
    });
    await page.getByLabel('Add files').setInputFiles(file('slow.bin', 4_000_000));
    await save(page);
    await page.getByRole('progressbar', { name: 'Upload of slow.bin' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the upload of slow.bin' }).click();
    await told(page, 'Created');
    await line.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
    });
    await entry(page, 'Slow').click();
    expect(await page.getByText('slow.bin').count()).toBe(0);
    await page.getByLabel('Add files').setInputFiles(file('huge.bin', 12_000_000));
    await save(page);
    await page.getByRole('alert').filter({ hasText: 'The file is too large: 10 MB at most.' }).waitFor();
    await page.getByRole('button', { name: 'Remove huge.bin' }).click();
    await save(page);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('files of a series are of all its occurrences, and the editor says so', async () => {
    const { text } = await stored('weekly', [
      ...['DTSTART:20260302T130000Z', 'DTEND:20260302T133000Z', 'SUMMARY:Weekly', 'RRULE:FREQ=WEEKLY;COUNT=3'],
    ]);
    const page = await open.as('ada');
    await entry(page, 'Weekly').nth(1).click();
    await page.getByText('Attachments belong to all occurrences of the series.').waitFor();
    await page.getByLabel('Add files').setInputFiles(file('agenda.txt', 30));
    await save(page);
    await told(page, 'Saved');
    expect((await text()).match(/ATTACH[;:]/g)).toHaveLength(1);
    expect(await text()).not.toContain('RECURRENCE-ID');
  });

  it('participants are added and removed, with what they have answered', async () => {
    const { text } = await stored('meeting', [
      ...['DTSTART:20260313T130000Z', 'DTEND:20260313T133000Z', 'SUMMARY:Meeting', 'ORGANIZER:mailto:ada@example.org'],
      'ATTENDEE;CN=Bob Bart;PARTSTAT=ACCEPTED:mailto:bob@example.org',
      'ATTENDEE;PARTSTAT=DECLINED:mailto:eve@example.org',
    ]);
    const page = await open.as('ada');
    await entry(page, 'Meeting').click();
    await dialog(page).getByText('Bob Bart accepted').waitFor();
    await page.getByRole('button', { name: 'Remove eve@example.org' }).click();
    await page.getByLabel('Participants').fill('cleo@example.org');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('not answered').waitFor();
    await demandAccessible(page);
    await save(page);
    await told(page, 'Saved');
    expect(await text()).toMatch(/ATTENDEE;CN=Bob Bart;PARTSTAT=ACCEPTED:mailto:bob@example.org/);
    expect(await text()).toMatch(/ATTENDEE[^\r\n]*PARTSTAT=NEEDS-ACTION[^\r\n]*:mailto:cleo@example.org/);
    expect(await text()).not.toContain('eve@example.org');
  });

  it('V3: where private appointments keep no participants, the form says so', async () => {
    const page = await open.as('gwen');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('Secret');
    await page.getByLabel('Participants').fill('ada@example.org');
    await page.getByLabel('Private').check();
    await page.getByText('Private appointments keep no participants here').waitFor();
    await page.getByText('Here an appointment keeps one reminder.').waitFor();
    await save(page);
    await told(page, 'Created');
    await entry(page, 'Secret').click();
    expect(await dialog(page).getByText('ada@example.org').count()).toBe(0);
  });

  it('a full storage is said to be one, and what was saved beside it stays', async () => {
    await open.cli('tenant', 'set', 'example', '--attachment-quota-bytes', '1000');
    const page = await open.as('cleo');
    await page.getByRole('button', { name: 'New appointment' }).click();
    await page.getByLabel('Title').fill('No room');
    await page.getByLabel('Add files').setInputFiles(file('much.bin', 5_000));
    await save(page);
    await page.getByRole('alert').filter({ hasText: 'Your storage is full. Delete something first.' }).waitFor();
    await told(page, 'Created');
    await page.getByRole('button', { name: 'Remove much.bin' }).click();
    await page.getByLabel('Add files').setInputFiles(file('little.bin', 500));
    await save(page);
    await told(page, 'Saved');
    await entry(page, 'No room').click();
    await page.getByRole('link', { name: 'little.bin' }).waitFor();
    expect(await entry(page, 'No room').count()).toBe(1);
  });
});
