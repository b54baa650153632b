import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { davClient } from '../support/dav-client.js';
import { oidcProvider } from '../protocol/oidc-provider.js';
import { clickInTime, demandAccessible, closePages, type Open, openService, picture, tool } from './support/browser.js';

let open: Open;
beforeAll(async () => {
  if (!tool.missing) open = await openService();
});
afterEach(closePages);

type Words = readonly string[];

/** What row C6 asks of each guide: in both languages, in German, in English. */
const guides: readonly (readonly [program: string, both: Words, german: Words, english: Words])[] = [
  [
    'macOS',
    [
      ...['IncludeDebugMenu YES', 'LogHTTPActivity -bool YES', 'killall CalendarAgent', 'log stream', '10.12'],
      ...['delete com.apple.CalendarAgent LogHTTPActivity', 'delete com.apple.iCal IncludeDebugMenu'],
    ],
    [
      ...['Groß- und Kleinschreibung', 'bleibt an, bis', 'wächst schnell', 'das Passwort', 'Konsole', 'abstürzen'],
      ...['warnt vor Anhängen', 'gemeinsamen Ansicht', 'jemand anderes organisiert'],
    ],
    [
      ...['upper and lower case matter', 'stays on until', 'grows fast', 'your password', 'Console', 'crash'],
      ...['warns about attachments', 'together in one view', 'somebody else organizes'],
    ],
  ],
  ['iOS', [], ['Standardhinweise'], ['Default Alert Times']],
  [
    'Thunderbird',
    ['calendar.debug.log', 'calendar.debug.log.verbose'],
    [
      ...['neueste Version', 'zuerst ein Mailkonto', 'Identität', 'Offline-Unterstützung', 'Fehlerkonsole'],
      ...['Erinnerungen ausschalten', 'von der ganzen Serie'],
    ],
    [
      ...['latest version', 'mail account first', 'identity', 'Offline Support', 'Error Console'],
      ...['turn Show Reminders off', 'from the whole series'],
    ],
  ],
  ['eM Client', [], ['wiederholt die Anhänge'], ['repeats the attachments']],
  ['DAVx⁵', ['Tasks.org'], ['Basis-URL'], ['Base URL']],
  ['Evolution', ['CALDAV_DEBUG=all'], [], []],
  ['Outlook', ['Generic CalDAV/CardDAV'], ['eine Erinnerung'], ['one reminder']],
  ['vdirsyncer', ['type = "caldav"', 'vdirsyncer discover'], [], []],
  ['Python (caldav)', ['DAVClient('], [], []],
  ['JavaScript (tsdav)', ['createDAVClient'], [], []],
];

const told = (page: Page, text: string) => page.locator('.notice', { hasText: text }).last().waitFor();

describe.skipIf(tool.missing)(`O7: signing in, in a browser${tool.note}`, () => {
  it('a wrong password is said to be one; a right one opens the calendar; signing out closes it', async () => {
    const page = await open.as('');
    await demandAccessible(page);
    await picture(page, 'sign-in');
    await page.getByLabel('User name').fill('ada');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'User name or password is wrong.' }).waitFor();
    await page.getByLabel('Password').fill('ada');
    await page.keyboard.press('Enter');
    await page.locator('.fc').waitFor();
    await page.reload();
    await page.locator('.fc').waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await demandAccessible(page);
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByLabel('Password').waitFor();
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  it('whose session has ended elsewhere is asked to sign in again', async () => {
    const page = await open.as('ada');
    await page.locator('.fc').waitFor();
    await page.context().clearCookies();
    await clickInTime(page.getByRole('button', { name: 'Later' }));
    await told(page, 'Your session has ended.');
    await page.getByLabel('Password').fill('ada');
    await page.getByLabel('User name').fill('ada');
    await page.keyboard.press('Enter');
    await page.locator('.fc').waitFor();
  });

  it('in the language of the browser, or another', async () => {
    const page = await open.as('ada', { locale: 'de-DE' });
    await page.getByRole('button', { name: 'Neuer Termin' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('h1').textContent()).toBe('März 2026');
    await picture(page, 'calendar-german');
    await page.getByRole('button', { name: 'Konto' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'New appointment' }).waitFor();
  });
});

// The frontend is told the provider's secret at its start.
describe.skipIf(tool.missing || inject('stack') !== undefined)(
  'O7: signing in by another service, in a browser',
  () => {
    it('goes there and back, asks for no password any more, and says when it was refused', async () => {
      const provider = await oidcProvider();
      const cleo = { email: 'cleo@example.org', email_verified: true };
      // The provider knows the browser from an hour before.
      provider.answer = { claims: { ...cleo, auth_time: Math.floor(Date.now() / 1000) - 3_600 } };
      const there = await openService({ ALMANAC_OIDC_SECRET_ONE: provider.secret });
      await there.cli(
        ...['tenant', 'set', 'example', '--oidc-issuer', provider.issuer, '--oidc-client-id', provider.clientId],
        ...['--oidc-secret', 'ONE', '--oidc-name', 'Example ID'],
      );
      const page = await there.as('');
      await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor();
      await demandAccessible(page);
      await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
      await page.locator('.fc').waitFor();
      await page.getByRole('link', { name: 'Devices' }).click();
      await page.getByLabel('Device', { exact: true }).fill('Laptop');
      expect(await page.getByLabel('Your own password').count()).toBe(0);
      await page.getByRole('button', { name: 'Make a password' }).click();
      await page.getByRole('alert').filter({ hasText: 'You signed in a while ago.' }).waitFor();
      provider.answer = { claims: { ...cleo, auth_time: Math.floor(Date.now() / 1000) } };
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await page.locator('.fc').waitFor();
      await page.getByRole('link', { name: 'Devices' }).click();
      await page.getByLabel('Device', { exact: true }).fill('Laptop');
      await page.getByRole('button', { name: 'Make a password' }).click();
      await page.getByLabel('Password for Laptop', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
      provider.answer = { error: 'access_denied' };
      await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
      await page.getByRole('alert').filter({ hasText: 'Signing in did not work.' }).waitFor();
      expect(new URL(page.url()).search).toBe('');
    });
  },
);

describe.skipIf(tool.missing)('O7: the first load', () => {
  it('is at most 250 kB over the wire', async () => {
    // A browser that has never been here: its cache is empty.
    const known = await open.as('');
    const context = await known.context().browser()?.newContext();
    if (context === undefined) throw new Error('there is no browser');
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      const octets = async () => {
        const { responseBodySize, responseHeadersSize } = await request.sizes();
        return responseBodySize + responseHeadersSize;
      };
      sizes.push(octets());
    });
    await page.goto(open.url);
    await page.locator('input[name=password]').waitFor();
    const octets = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
    expect(octets).toBeGreaterThan(50_000);
    expect(octets).toBeLessThanOrEqual(250_000);
  });
});

describe.skipIf(tool.missing)('C2, C6: devices in a browser', () => {
  it('a password for a device is made for who knows their own, works, tells its use, and is revoked', async () => {
    const page = await open.as('bob');
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByLabel('Device', { exact: true }).fill('Telephone');
    const own = page.getByLabel('Your own password').first();
    await own.fill('wrong');
    await page.getByRole('button', { name: 'Make a password' }).click();
    await page.getByRole('alert').filter({ hasText: 'Your own password is wrong.' }).waitFor();
    await demandAccessible(page);
    await own.fill('bob');
    await page.getByRole('button', { name: 'Make a password' }).click();
    const password = await page.getByLabel('Password for Telephone', { exact: true }).inputValue();
    const row = page.getByRole('listitem').filter({ hasText: 'Telephone' });
    await row.getByText('never used').waitFor();
    const status = async () =>
      (await davClient(open.url, 'bob', password)('PROPFIND', '/', { headers: { depth: '0' } })).status;
    expect(await status()).toBe(207);
    await expect
      .poll(async () => {
        await page.reload();
        return (await row.textContent()) ?? '';
      })
      .toContain('last used');
    await page.getByRole('button', { name: 'Revoke Telephone' }).click();
    await demandAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await told(page, 'was revoked');
    await expect.poll(status).toBe(401);
  });

  it.each(['en-GB', 'de-DE'] as const)('C6: each program has a guide with one’s own values (%s)', async (locale) => {
    const page = await open.as('bob', { locale });
    await page.locator('nav a[href="#devices"]').click();
    const guide = page.locator('.guide');
    for (const [program, inBoth, german, english] of guides) {
      await page.getByRole('button', { name: program }).click();
      const text = (await guide.textContent()) ?? '';
      const own = [new URL(open.url).host, 'bob'];
      for (const words of [...own, ...inBoth, ...(locale === 'de-DE' ? german : english)]) {
        expect.soft(text, program).toContain(words);
      }
    }
    expect(await page.locator('.guide-choice button').count()).toBe(guides.length);
    for (const summary of await guide.locator('summary').all()) await summary.click();
    await demandAccessible(page);
  });

  it('C2: a profile for an iPhone is offered as a QR code and a link, on the phone as well', async () => {
    const page = await open.as('bob', { size: 'phone', dark: true });
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByRole('button', { name: 'iOS Calendar' }).click();
    await page.getByLabel('Your own password').last().fill('bob');
    await page.getByRole('button', { name: 'Make a profile' }).click();
    await page.getByRole('img', { name: 'QR code of the profile' }).waitFor();
    const link = await page.getByRole('link', { name: 'Download the profile' }).getAttribute('href');
    const profile = await (await fetch(link ?? '')).text();
    expect(profile).toContain('<key>CalDAVUsername</key><string>bob</string>');
    const password = /<key>CalDAVPassword<\/key><string>([^<]+)</.exec(profile)?.[1] ?? '';
    const headers = { depth: '0' };
    expect((await davClient(open.url, 'bob', password)('PROPFIND', '/', { headers })).status).toBe(207);
    await page.getByRole('img', { name: 'QR code of the profile' }).scrollIntoViewIfNeeded();
    await demandAccessible(page);
    await picture(page, 'device-phone');
  });
});
