import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { type RunningService, startEmbedded } from '../support/running-service.js';
import { type Answer, type OidcProvider, oidcProvider } from './oidc-provider.js';
import { type Page, pageClient } from './page-client.js';

const seed = `
tenants:
  - id: example
    hosts: [127.0.0.1]
    domains: [example.org]
    users:
      - {id: ada, login: ada, password: ada, name: Ada, addresses: [ada@example.org, a.l@example.org]}
      - {id: bob, login: bob, password: bob, name: Bob, addresses: [bob@example.org]}
    resources:
      - {id: room, name: Room, kind: room, addresses: [room@example.org]}
  - id: rival
    hosts: [dav.rival.example]
    domains: [rival.example]
    users:
      - {id: eve, login: eve, password: eve, name: Eve, addresses: [eve@rival.example]}
  - id: plain
    hosts: [dav.plain.example]
`;

let provider: OidcProvider;
let service: RunningService;

async function setTenant(id: string, ...options: readonly string[]): Promise<void> {
  const { code, stderr } = await runCli(service, ['tenant', 'set', id, ...options]);
  if (code !== 0) throw new Error(stderr);
}
const settings = (...more: readonly string[]): readonly string[] => [
  ...['--oidc-issuer', provider.issuer, '--oidc-client-id', provider.clientId, '--oidc-secret', 'ONE', ...more],
];

beforeAll(async () => {
  provider = await oidcProvider();
  service = await startEmbedded({ seed, env: { ALMANAC_OIDC_SECRET_ONE: provider.secret } });
  await setTenant('example', ...settings('--oidc-name', 'Example ID'));
  await setTenant('rival', ...settings());
});

const verified = (email: string) => ({ claims: { email, email_verified: true } });
beforeEach(() => {
  provider.answer = verified('ada@example.org');
});

const begin = '/oidc/sign-in';
const failed = '/?sign-in=failed';
const session = '/api/v1/session';
const locationOf = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) =>
  String(headers['location']);

/** Sends a browser to the provider, and gives the way back. */
async function goThere(page: Page, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const there = locationOf(await page('GET', begin, { headers }));
  const back = (await fetch(there, { redirect: 'manual' })).headers.get('location');
  const { pathname, search } = new URL(back ?? '');
  return pathname + search;
}

async function signIn(page: Page, answer?: Answer): Promise<string> {
  if (answer !== undefined) provider.answer = answer;
  return locationOf(await page('GET', await goThere(page)));
}

describe('O7: signing in with the tenant’s provider (OpenID Connect)', () => {
  it('is offered where the tenant has one, by the name that people know', async () => {
    const ways = async (host?: string) => {
      const own: Record<string, string> = host === undefined ? {} : { host };
      return (await pageClient(service.url, own)('GET', '/api/v1/sign-in-ways')).json;
    };
    expect(await ways()).toEqual({ password: true, oidc: { name: 'Example ID' } });
    expect(await ways('dav.rival.example')).toEqual({ password: true, oidc: { name: new URL(provider.issuer).host } });
    for (const host of ['dav.plain.example', 'unknown.example']) {
      expect(await ways(host)).toEqual({ password: true, oidc: null });
      expect((await pageClient(service.url)('GET', begin, { headers: { host } })).status).toBe(404);
    }
  });

  it('sends the browser there with state, nonce and a PKCE challenge', async () => {
    const begun = await pageClient(service.url)('GET', begin);
    const { origin, pathname, searchParams } = new URL(locationOf(begun));
    expect([begun.status, origin + pathname]).toEqual([302, `${provider.issuer}/authorize`]);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ client_id: 'almanac', response_type: 'code', code_challenge_method: 'S256' },
      redirect_uri: `${service.url}/oidc/callback`,
      ...{ scope: 'openid email profile', max_age: String(7 * 86_400) },
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)?.length).toBeGreaterThan(30);
    expect(begun.headers['set-cookie']).toEqual([
      expect.stringMatching(/^almanac_oidc=\S+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it.each(['ada@example.org', 'A.L@Example.org'])(
    'begins a session for who has the verified address %s',
    async (email) => {
      const page = pageClient(service.url);
      expect(await signIn(page, verified(email))).toBe('/');
      expect((await page('GET', session)).json).toMatchObject({ id: 'ada', passwordNeeded: false });
      expect((await page('GET', '/api/v1/folders')).status).toBe(200);
      // Who has no password here makes one for a device all the same.
      const made = await page('POST', '/api/v1/app-passwords', { body: { label: 'Phone' } });
      expect(made.status).toBe(201);
    },
  );

  it('is no proof of who sits there where the provider knew them from before: for keys it is told to ask anew', async () => {
    const page = pageClient(service.url);
    const signInAsked = (at: number) =>
      signIn(page, { claims: { ...verified('ada@example.org').claims, auth_time: at } });
    const now = Math.floor(Date.now() / 1000);
    expect(await signInAsked(now - 3600)).toBe('/');
    const refused = await page('POST', '/api/v1/app-passwords', { body: { label: 'Phone' } });
    expect([refused.status, refused.json.detail]).toEqual([403, expect.stringContaining('Sign in again')]);
    const marked = String(refused.headers['set-cookie']?.[0]).split(';', 1)[0] ?? '';
    const { searchParams } = new URL(locationOf(await page('GET', begin, { headers: { cookie: marked } })));
    expect([searchParams.get('prompt'), searchParams.get('max_age')]).toEqual(['login', '0']);
    expect(await signInAsked(now)).toBe('/');
    expect((await page('POST', '/api/v1/app-passwords', { body: { label: 'Phone' } })).status).toBe(201);
  });

  it('asks the provider for the address where the ID token has none', async () => {
    const page = pageClient(service.url);
    expect(await signIn(page, { userinfo: { email: 'bob@example.org', email_verified: true } })).toBe('/');
    expect((await page('GET', session)).json).toMatchObject({ id: 'bob' });
  });

  it.each<[string, Answer]>([
    ['an address that is not verified', { claims: { email: 'ada@example.org', email_verified: false } }],
    ['an address of which nothing is said', { claims: { email: 'ada@example.org' } }],
    ['nobody’s address', verified('nobody@example.org')],
    ['a login in place of an address', verified('ada')],
    ['a room', verified('room@example.org')],
    ['somebody of another tenant', verified('eve@rival.example')],
    ['another nonce', { claims: { ...verified('ada@example.org').claims, nonce: 'another' } }],
    ['a token for another client', { claims: { ...verified('ada@example.org').claims, aud: 'another' } }],
    [
      'a token of another provider',
      { claims: { ...verified('ada@example.org').claims, iss: 'https://another.example' } },
    ],
    ['a token that has expired', { claims: { ...verified('ada@example.org').claims, exp: 1 } }],
    ['a token that another key has signed', { ...verified('ada@example.org'), forged: true }],
    ['a refusal', { error: 'access_denied' }],
  ])('begins none for %s', async (_what, answer) => {
    const page = pageClient(service.url);
    expect(await signIn(page, answer)).toBe(failed);
    expect((await page('GET', session)).status).toBe(401);
  });

  it('begins none for another state, nor in a browser that was not sent there', async () => {
    const page = pageClient(service.url);
    const back = await goThere(page);
    const before = provider.exchanged();
    expect(locationOf(await pageClient(service.url)('GET', back))).toBe(failed);
    expect(locationOf(await page('GET', back.replace(/state=[^&]+/, 'state=another')))).toBe(failed);
    expect(provider.exchanged()).toBe(before);
  });

  it('takes a code once', async () => {
    const page = pageClient(service.url);
    const begun = await page('GET', begin);
    const cookie = String(begun.headers['set-cookie']?.[0]).split(';', 1)[0] ?? '';
    const back = (await fetch(locationOf(begun), { redirect: 'manual' })).headers.get('location') ?? '';
    const { pathname, search } = new URL(back);
    const ended = await page('GET', pathname + search);
    expect(locationOf(ended)).toBe('/');
    expect(ended.headers['set-cookie']).toEqual([
      expect.stringMatching(/^almanac_session=\S+;/),
      expect.stringMatching(/^almanac_oidc=; .*Max-Age=0/),
    ]);
    expect(locationOf(await pageClient(service.url)('GET', pathname + search, { headers: { cookie } }))).toBe(failed);
  });

  it('O3: what was begun at one tenant does not end at another', async () => {
    const page = pageClient(service.url);
    const back = await goThere(page);
    provider.answer = verified('eve@rival.example');
    expect(locationOf(await page('GET', back, { headers: { host: 'dav.rival.example' } }))).toBe(failed);
    const own = pageClient(service.url, { host: 'dav.rival.example', 'x-almanac-csrf': '1' });
    expect(locationOf(await own('GET', await goThere(own)))).toBe('/');
    expect((await own('GET', session)).json).toMatchObject({ id: 'eve' });
  });

  it('by a claim of the tenant’s choice, which holds a login and no address', async () => {
    await setTenant('example', ...settings('--oidc-login-claim', 'preferred_username'));
    const by = async (name: string) => signIn(pageClient(service.url), { claims: { preferred_username: name } });
    expect(await by('ADA')).toBe('/');
    for (const name of ['ada@example.org', 'nobody', '']) expect(await by(name)).toBe(failed);
    expect(await signIn(pageClient(service.url), verified('ada@example.org'))).toBe(failed);
  });

  it('the secret is the frontends’ alone; one that is missing, or a provider that is away, is no fault of the page', async () => {
    const listed = await runCli(service, ['tenant', 'list', '--json']);
    expect(listed.stdout).toContain('"secret":"ONE"');
    expect(listed.stdout).not.toContain(provider.secret);
    const ways = ['--oidc-client-id', 'x', '--oidc-issuer'];
    await setTenant('plain', ...ways, provider.issuer, '--oidc-secret', 'MISSING');
    const headers = { host: 'dav.plain.example' };
    expect(locationOf(await pageClient(service.url)('GET', begin, { headers }))).toBe(failed);
    expect(service.output()).toContain('ALMANAC_OIDC_SECRET_MISSING is not set');
    await setTenant('plain', ...ways, 'http://127.0.0.1:1');
    expect(locationOf(await pageClient(service.url)('GET', begin, { headers }))).toBe(failed);
    const wrong = await runCli(service, ['tenant', 'set', 'plain', ...ways, 'http://id.example']);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('https')]);
    await setTenant('plain', '--oidc-issuer', '');
    expect((await pageClient(service.url)('GET', begin, { headers })).status).toBe(404);
  });
});
