import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, expect, inject } from 'vitest';
import { provisioned } from '../../support/provisioned.js';
import { runCli } from '../../support/run-cli.js';
import { startService } from '../../support/running-service.js';

export const tool = provisioned('chromium');

/** Where the README's pictures are. */
const images = join(import.meta.dirname, '../../../docs/images');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 800 },
} as const;

const seed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1]
    domains: [example.org]
    profile: standard
    users:
      - {id: ada, login: ada, password: ada, name: Ada Lovelace, addresses: [ada@example.org]}
      - {id: bob, login: bob, password: bob, name: Bob Bart, addresses: [bob@example.org]}
      - {id: cleo, login: cleo, password: cleo, name: Cleo Clement, addresses: [cleo@example.org]}
      - {id: gwen, login: gwen, password: gwen, name: Gwen Gray, addresses: [gwen@example.org]}
    groups:
      - {id: crew, name: Crew, members: [bob]}
`;

export interface Open {
  readonly url: string;
  /** The command line beside the service. */
  readonly cli: (...words: readonly string[]) => Promise<void>;
  readonly as: (login: string, options?: OpenOptions) => Promise<Page>;
}

export interface OpenOptions {
  readonly size?: keyof typeof sizes;
  readonly dark?: boolean;
  readonly locale?: string;
}

/** A running service, and a browser for each person that comes to it. It is always the same moment there. */
export async function openService(env: Readonly<Record<string, string>> = {}): Promise<Open> {
  const service = await startService({ seed, env });
  const { url } = service;
  const browser: Browser = await chromium.launch({ executablePath: tool.path, args: ['--no-sandbox'] });
  afterAll(() => browser.close());
  const as = async (login: string, { size = 'desktop', dark = false, locale = 'en-GB' }: OpenOptions = {}) => {
    const colorScheme = dark ? 'dark' : 'light';
    const context = await browser.newContext({
      viewport: sizes[size],
      locale,
      timezoneId: 'Europe/Berlin',
      colorScheme,
      // Nothing is looked at while it moves.
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(inject('stack') === undefined ? 15_000 : 45_000);
    await page.clock.setFixedTime(new Date('2026-03-11T08:00:00Z'));
    // A fault of a page, or something that its policy refuses, fails the test that sees it.
    page.on('pageerror', (fault) => faults.push(String(fault)));
    page.on('console', (message) => {
      if (/Content.Security.Policy|Refused to/i.test(message.text())) faults.push(message.text());
    });
    await page.goto(url);
    if (login !== '') await signIn(page, login);
    return page;
  };
  const cli = async (...words: readonly string[]) => {
    // In the stack the tenant has another name.
    const own = words.map((word) => (word === 'example' ? service.tenant : word));
    const { code, stderr } = await runCli(service, own);
    if (code !== 0) throw new Error(stderr);
  };
  return { url, as, cli };
}

const faults: string[] = [];
const contexts: BrowserContext[] = [];

/** Each page that is left open looks anew at every change of the next test. What a test has opened must have met no fault. */
export async function closePages(): Promise<void> {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  expect(faults.splice(0)).toEqual([]);
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(login);
  await page.keyboard.press('Enter');
  await page.locator('.shell').waitFor();
}

/** Opens something by clicks: one is lost where the grid is drawn anew at that moment. */
export async function openBy(what: Locator, opened: Locator): Promise<void> {
  for (let clicks = 0; clicks < 3; clicks += 1) {
    await what.click();
    const isOpen = await opened.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => false,
    );
    if (isOpen) return;
  }
  throw new Error('it does not open');
}

/** A click that may come too late: the page has noticed by itself, since it looks anew once its stream is open. */
export const clickInTime = (what: Locator): Promise<void> => what.click({ timeout: 3_000 }).catch(() => undefined);

/** Where something is, once it has come to rest: what was changed is drawn anew. */
async function boxOf(of: Locator) {
  let before = '';
  for (let round = 0; round < 50; round += 1) {
    const found = await of.boundingBox();
    const now = JSON.stringify(found);
    if (found !== null && now === before) return found;
    before = now;
    await of.page().waitForTimeout(100);
  }
  throw new Error('it does not come to rest');
}

/** Takes something by its upper left, and carries it over to a column, at the height where it is. */
export async function drag(page: Page, what: Locator, column: Locator): Promise<void> {
  const [from, to] = [await boxOf(what), await boxOf(column)];
  await page.mouse.move(from.x + 20, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, from.y + 6, { steps: 6 });
  await page.mouse.up();
}

/** Takes an appointment by its lower edge, and pulls that down. @param by pixels */
export async function stretch(page: Page, what: Locator, by: number): Promise<void> {
  await what.hover();
  const edge = await boxOf(what.locator('.fc-event-resizer-end'));
  const at = { x: edge.x + edge.width / 2, y: edge.y + edge.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x, at.y + by, { steps: 6 });
  await page.mouse.up();
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** WCAG 2.2 AA as far as axe-core can tell. */
export async function demandAccessible(page: Page): Promise<void> {
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  const run = `${axe}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`;
  const { violations } = (await page.evaluate(run)) as AxeResult;
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`)).toEqual(
    [],
  );
}

/** For the README; the pictures are made anew by each run on one machine. */
export async function picture(page: Page, name: string): Promise<void> {
  if (inject('stack') === undefined) await page.screenshot({ path: join(images, `${name}.png`) });
}
