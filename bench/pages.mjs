/** Measures the web interface in Chromium: what a first load weighs, and how soon a month of 2,000 appointments is drawn. */
import { chromium } from 'playwright-core';
import { tools } from '../scripts/provision/tools.mjs';
import { client } from './load.mjs';
import { startService } from './service.mjs';

const count = 2_000;
const rounds = 7;
const folder = '/calendars/user01/many/';

const two = (/** @type {number} */ value) => String(value).padStart(2, '0');

const now = new Date();
const next = new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 1));
/** The coming month, `2026-04`. */
const month = `${next.getUTCFullYear()}-${two(next.getUTCMonth() + 1)}`;

/** One file of appointments that lie in the coming month, seventy and more on each day. */
function calendar() {
  const events = Array.from({ length: count }, (_, index) => {
    const time = `${month.replace('-', '')}${two((index % 28) + 1)}T${two(index % 23)}`;
    const lines = [`UID:many-${index}`, 'DTSTAMP:20260101T000000Z', `DTSTART:${time}0000Z`, `DTEND:${time}3000Z`];
    return ['BEGIN:VEVENT', ...lines, `SUMMARY:Many ${index}`, 'END:VEVENT'].join('\r\n');
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Almanac//Bench//EN', ...events, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}

/** In the page: from the click to the frame that shows the appointments, in milliseconds. */
const toNextMonth = `(async () => {
  const before = performance.now();
  document.querySelector('[data-step="next"]').click();
  const isDrawn = () => document.querySelector('[data-date="${month}-15"] .fc-event') !== null;
  while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - before;
})()`;

/** What has come over the wire so far, octets. */
const transferred = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ name }) => !name.includes('/api/'))
  .reduce((sum, { transferSize }) => sum + transferSize, 0)`;

export async function benchPages() {
  const { chromium: executablePath } = tools();
  if (executablePath === null) throw new Error('Chromium is missing: npm run provision');
  const service = await startService();
  const { send, close } = client(service.url);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await send({ method: 'MKCALENDAR', path: folder });
    const path = `${folder.replace('/calendars/', '/api/v1/folders/')}import`;
    await send({ method: 'POST', path, headers: { 'content-type': 'text/calendar' }, body: calendar() });
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(service.url);
    await page.locator('input[name=login]').fill('user01');
    await page.locator('input[name=password]').fill('user01');
    await page.keyboard.press('Enter');
    await page.locator('.fc').waitFor();
    const weight = /** @type {number} */ (await page.evaluate(transferred));
    const took = [];
    for (let round = 0; round < rounds; round += 1) {
      await page.reload();
      await page.locator('.fc-daygrid-day').first().waitFor();
      took.push(/** @type {number} */ (await page.evaluate(toNextMonth)));
    }
    took.sort((a, b) => a - b);
    console.log(`first load: ${(weight / 1000).toFixed(0)} kB, compressed`);
    console.log(
      `a month of ${count} appointments: ${took[Math.floor(rounds / 2)]?.toFixed(0)} ms (median of ${rounds}; ${took[0]?.toFixed(0)} to ${took.at(-1)?.toFixed(0)} ms)`,
    );
  } finally {
    await browser.close();
    close();
    await service.stop();
  }
}
