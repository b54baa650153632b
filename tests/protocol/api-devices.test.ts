import { beforeAll, describe, expect, it } from 'vitest';
import { type Page, pageClient, signedIn } from './page-client.js';
import { type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let page: Page;
beforeAll(async () => {
  tested = await testedService();
  page = await signedIn(tested.service.url);
});

const path = '/api/v1/app-passwords';
const status = async (password: string) =>
  (await tested.dav('PROPFIND', '/', { headers: { depth: '0' }, user: 'user01', password })).status;

describe('C2, O7: app passwords', () => {
  it('are made for a device, told once, and revoked; the page stays signed in', async () => {
    const { json } = await page('POST', path, { body: { label: 'Phone' } });
    expect(json.password).toMatch(/^(\w{5}-){3}\w{5}$/);
    expect(await status(json.password)).toBe(207);
    const listed = (await page('GET', path)).text;
    expect(listed).toContain('Phone');
    expect(listed).not.toContain(json.password);
    expect((await page('DELETE', `${path}/${json.key}`)).status).toBe(204);
    await expect.poll(() => status(json.password)).toBe(401);
    expect((await page('GET', '/api/v1/session')).status).toBe(200);
    expect((await page('DELETE', `${path}/${json.key}`)).status).toBe(404);
  });

  it('have a name', async () => {
    for (const label of ['', ' ', 7, 'x'.repeat(101)])
      expect((await page('POST', path, { body: { label } })).status).toBe(400);
  });
});

describe('C2: a profile for Apple devices', () => {
  it('is fetched by a link that needs no session, and signs the device in', async () => {
    const { json } = await page('POST', '/api/v1/device-profiles', { body: { label: 'iPhone' } });
    const url = new URL(json.url);
    const fetched = await pageClient(tested.service.url, {})('GET', url.pathname);
    expect([fetched.status, fetched.headers['content-type']]).toEqual([200, 'application/x-apple-aspen-config']);
    const value = (key: string) => new RegExp(`<key>${key}</key><(\\w+)>([^<]*)`).exec(fetched.text)?.[2];
    expect(value('CalDAVUsername')).toBe('user01');
    expect(value('CalDAVHostName')).toBe(url.hostname);
    expect(value('CalDAVPort')).toBe(url.port);
    expect(fetched.text).toContain('<key>CalDAVUseSSL</key><false/>');
    expect(value('CalDAVPrincipalURL')).toBe(`${url.origin}/principals/users/user01/`);
    expect(await status(value('CalDAVPassword') ?? '')).toBe(207);
    // Twice is the same: nothing is made by looking.
    expect((await pageClient(tested.service.url, {})('GET', url.pathname)).text).toBe(fetched.text);
    await page('DELETE', `${path}/${json.key}`);
    await expect.poll(() => status(value('CalDAVPassword') ?? '')).toBe(401);
  });

  it('a link that was changed leads nowhere', async () => {
    const { json } = await page('POST', '/api/v1/device-profiles', { body: { label: 'iPhone' } });
    const { pathname } = new URL(json.url);
    const forged = pathname.replace(/\w{4}(?=\.mobileconfig)/, 'AAAA');
    expect((await pageClient(tested.service.url, {})('GET', forged)).status).toBe(404);
  });
});
