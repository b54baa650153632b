import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { startEmbedded } from '../support/running-service.js';
import { pageClient, signedIn } from './page-client.js';
import { type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  url = tested.service.url;
});

const signIn = { body: { login: 'user01', password: 'user01' } };
const session = '/api/v1/session';

describe('O7: a session of the web interface', () => {
  it('begins with a password, and stands for it in the API and in DAV', async () => {
    const page = pageClient(url);
    expect((await page('GET', session)).status).toBe(401);
    const begun = await page('POST', session, signIn);
    expect(begun.json).toMatchObject({
      id: 'user01',
      name: 'User 01',
      home: '/calendars/user01/',
      passwordNeeded: true,
    });
    expect(begun.headers['set-cookie']?.[0]).toMatch(
      /^almanac_session=\S+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
    expect((await page('GET', '/api/v1/folders')).json.folders).toHaveLength(2);
    expect((await page('PROPFIND', tested.calendar, { headers: { depth: '0' } })).status).toBe(207);
    expect((await page('GET', session)).status).toBe(200);
    await page('DELETE', session);
    expect((await page('GET', session)).status).toBe(401);
  });

  it('with any of the addresses', async () => {
    const { json } = await pageClient(url)('POST', session, { body: { login: 'u1@example.org', password: 'user01' } });
    expect(json.id).toBe('user01');
  });

  it.each([
    ['a wrong password', { login: 'user01', password: 'wrong' }, 401],
    ['nobody', { login: 'nobody', password: 'x' }, 401],
    ['no password', { login: 'user01' }, 400],
    ['a login that is longer than any', { login: 'x'.repeat(321), password: 'x' }, 400],
    ['a password that is longer than any', { login: 'user01', password: 'x'.repeat(1_025) }, 400],
  ])('does not begin with %s', async (_what, body, status) => {
    const answer = await pageClient(url)('POST', session, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is braked after some wrong passwords, like any sign-in', async () => {
    const attempt = async () => {
      const before = performance.now();
      await pageClient(url)('POST', session, { body: { login: 'guessed@example.org', password: 'wrong' } });
      return performance.now() - before;
    };
    for (let count = 0; count < 6; count += 1) await attempt();
    expect(await attempt()).toBeGreaterThan(450);
  });

  it('the browser is not made to ask for a password by itself', async () => {
    expect((await pageClient(url)('GET', '/api/v1/folders')).headers['www-authenticate']).toBe('Session');
    expect((await pageClient(url, {})('GET', '/api/v1/folders')).headers['www-authenticate']).toMatch(/^Basic/);
  });

  it('an app password of a device does not begin one, nor does a device make others', async () => {
    const { service } = tested;
    const made = await runCli(service, [
      'app-password',
      'add',
      'user01',
      '--tenant',
      service.tenant,
      '--label',
      'x',
      '--json',
    ]);
    const { password } = made.json as { password: string };
    expect((await tested.dav('GET', '/api/v1/folders', { user: 'user01', password })).status).toBe(200);
    expect((await pageClient(url)('POST', session, { body: { login: 'user01', password } })).status).toBe(401);
    expect((await tested.dav('GET', '/api/v1/app-passwords')).status).toBe(403);
  });

  it('is Secure where people come by https, and is then taken from nobody else', async () => {
    const { url: behindProxy } = await startEmbedded({ env: { ALMANAC_TRUST_PROXY: 'on' } });
    const page = pageClient(behindProxy, { 'x-almanac-csrf': '1', 'x-forwarded-proto': 'https' });
    const begun = await page('POST', session, signIn);
    const set = String(begun.headers['set-cookie']?.[0]);
    expect(set).toMatch(/^__Host-almanac_session=\S+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
    expect((await page('GET', session)).status).toBe(200);
    const tossed = { cookie: (set.split(';', 1)[0] ?? '').replace('__Host-', '') };
    expect((await page('GET', session, { headers: tossed })).status).toBe(401);
    expect(String((await page('DELETE', session)).headers['set-cookie']?.[0])).toMatch(/^__Host-.*Max-Age=0.*Secure$/);
    const plain = await pageClient(behindProxy)('POST', session, signIn);
    expect(String(plain.headers['set-cookie']?.[0])).not.toContain('Secure');
  });

  it('ends with all others of the user, wherever they were begun; devices stay signed in', async () => {
    const [here, there] = [await signedIn(url), await signedIn(url)];
    const other = await signedIn(url, 'user02');
    const app = (await here('POST', '/api/v1/app-passwords', { body: { label: 'x', password: 'user01' } })).json;
    const ended = await here('DELETE', '/api/v1/sessions');
    expect([ended.status, String(ended.headers['set-cookie']?.[0])]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ]);
    await expect.poll(async () => (await there('GET', session)).status).toBe(401);
    expect((await other('GET', session)).status).toBe(200);
    expect((await tested.dav('GET', '/api/v1/folders', { user: 'user01', password: app.password })).status).toBe(200);
    expect((await tested.dav('DELETE', '/api/v1/sessions')).status).toBe(403);
  });

  it('what it gets is kept by no cache', async () => {
    const page = await signedIn(url);
    for (const path of [session, '/api/v1/folders', '/api/v1/objects/x/y/z', '/api/v1/openapi.json']) {
      expect((await page('GET', path)).headers['cache-control']).toBe('private, no-store');
    }
    expect((await page('POST', session, signIn)).headers['cache-control']).toBe('private, no-store');
  });

  it('ends with the password that it was begun with, and nobody else’s key makes one', async () => {
    const page = await signedIn(url, 'user02');
    const { service } = tested;
    await runCli(service, ['user', 'password', 'user02', '--tenant', service.tenant, '--password', 'another']);
    await expect.poll(async () => (await page('GET', session)).status).toBe(401);
    const forged = { cookie: `almanac_session=${Buffer.from('{"user":"user01"}').toString('base64url')}` };
    expect((await pageClient(url)('GET', session, { headers: forged })).status).toBe(401);
  });
});

describe('O7: other sites cannot act in a session', () => {
  it.each([
    ['without the page’s header', {}, {}],
    ['that another site began', { 'x-almanac-csrf': '1' }, { 'sec-fetch-site': 'cross-site' }],
    ['that a neighbour began', { 'x-almanac-csrf': '1' }, { 'sec-fetch-site': 'same-site' }],
  ])('a change %s is refused', async (_what, own, headers) => {
    const page = pageClient(url, own);
    const cookie =
      String((await pageClient(url)('POST', session, signIn)).headers['set-cookie']?.[0]).split(';', 1)[0] ?? '';
    for (const [method, path] of [
      ['MKCALENDAR', '/calendars/user01/forged/'],
      ['PUT', `${tested.calendar}forged.ics`],
      ['DELETE', tested.calendar],
      ['POST', '/api/v1/app-passwords'],
      ['DELETE', session],
    ] as const) {
      const { status } = await page(method, path, { headers: { ...headers, cookie } });
      expect([method, status]).toEqual([method, 403]);
    }
    expect((await page('GET', '/api/v1/folders', { headers: { cookie } })).status).toBe(200);
  });

  it('nor sign somebody in', async () => {
    expect((await pageClient(url, {})('POST', session, signIn)).status).toBe(403);
    const headers = { 'content-type': 'text/plain' };
    expect((await pageClient(url)('POST', session, { raw: JSON.stringify(signIn.body), headers })).status).toBe(415);
  });
});

describe('O7: the page', () => {
  const html = { accept: 'text/html,application/xhtml+xml' };

  it('is what browsers get at the root; DAV goes on there as before', async () => {
    const browser = pageClient(url, {});
    const page = await browser('GET', '/', { headers: html });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await tested.dav('PROPFIND', '/', { headers: { depth: '0' } })).status).toBe(207);
    expect((await tested.dav('OPTIONS', '/', { headers: html })).headers['allow']).toContain('PROPFIND');
    expect((await browser('GET', '/')).status).toBe(401);
  });

  it('runs nothing but its own files, and in no frame', async () => {
    const { headers, text } = await pageClient(url, {})('GET', '/', { headers: html });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style| style=| on\w+=/);
  });

  it('is loaded with at most 250 kB', async () => {
    const browser = pageClient(url, {});
    const { text } = await browser('GET', '/', { headers: html });
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(files.length).toBeGreaterThan(1);
    let octets = 0;
    for (const file of files) {
      const { headers, status } = await browser('GET', file, { headers: { 'accept-encoding': 'gzip' } });
      expect([status, headers['content-encoding']]).toEqual([200, 'gzip']);
      octets += Number(headers['content-length']);
    }
    expect(octets).toBeLessThan(250_000);
    expect((await browser('GET', '/assets/../../package.json')).status).toBe(401);
  });
});
