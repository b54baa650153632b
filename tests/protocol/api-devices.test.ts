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
    const { json } = await page('POST', path, { body: { label: 'Phone', password: 'user01' } });
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

  it('tell when they were used last', async () => {
    const { json } = await page('POST', path, { body: { label: 'Used', password: 'user01' } });
    const listed = async () =>
      (await page('GET', path)).json.appPasswords.find(({ key }: { key: string }) => key === json.key);
    expect(await listed()).toMatchObject({ label: 'Used', lastUsed: null, created: expect.stringMatching(/Z$/) });
    expect(await status(json.password)).toBe(207);
    await expect.poll(async () => (await listed()).lastUsed).toMatch(/^\d{4}-\d\d-\d\dT/);
    // It is no change of credentials: the device and the page stay signed in.
    expect(await status(json.password)).toBe(207);
    expect((await page('GET', '/api/v1/session')).status).toBe(200);
  });

  it('are made by who knows the user’s own password alone, which an app password is not', async () => {
    const { json } = await page('POST', path, { body: { label: 'One', password: 'user01' } });
    for (const url of [path, '/api/v1/device-profiles']) {
      for (const password of [undefined, '', 'wrong', 7, json.password, 'x'.repeat(1_025)]) {
        const answer = await page('POST', url, { body: { label: 'Other', password } });
        expect([answer.status, answer.json.detail]).toEqual([403, expect.stringContaining('password')]);
      }
    }
    expect((await page('GET', path)).text).not.toContain('Other');
  });

  it('are a hundred at most', async () => {
    const other = await signedIn(tested.service.url, 'user02');
    const make = () => other('POST', path, { body: { label: 'x', password: 'user02' } });
    for (let count = 0; count < 100; count += 1) expect((await make()).status).toBe(201);
    const refused = await make();
    expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining('revoke')]);
  });

  it('have a name', async () => {
    for (const label of ['', ' ', 7, 'x'.repeat(101)])
      expect((await page('POST', path, { body: { label, password: 'user01' } })).status).toBe(400);
  });
});

describe('C2: a profile for Apple devices', () => {
  it('is fetched by a link that needs no session, and signs the device in', async () => {
    const { json } = await page('POST', '/api/v1/device-profiles', { body: { label: 'iPhone', password: 'user01' } });
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

  it('the link is a secret, and in no log', async () => {
    const loud = await testedService({ env: { ALMANAC_LOG_LEVEL: 'debug' } });
    const own = await signedIn(loud.service.url);
    const { json } = await own('POST', '/api/v1/device-profiles', { body: { password: 'user01' } });
    const { pathname } = new URL(json.url);
    expect((await pageClient(loud.service.url, {})('GET', pathname)).status).toBe(200);
    expect(loud.service.output()).not.toContain(pathname.slice(-60, -20));
  });

  it('a link that was changed leads nowhere', async () => {
    const { json } = await page('POST', '/api/v1/device-profiles', { body: { label: 'iPhone', password: 'user01' } });
    const { pathname } = new URL(json.url);
    const forged = pathname.replace(/.(?=.\.mobileconfig)/, (sign) => (sign === 'A' ? 'B' : 'A'));
    expect((await pageClient(tested.service.url, {})('GET', forged)).status).toBe(404);
  });
});
