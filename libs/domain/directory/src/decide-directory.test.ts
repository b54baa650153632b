import {
  type AddPrincipal,
  type Command,
  commandId,
  type PrincipalCommandBody,
  streamName,
  type TenantCommandBody,
  type TenantSettings,
} from '@almanac/contracts';
import { describe, expect, it } from 'vitest';
import { decideDirectory } from './decide-directory.js';
import { type DirectoryState, evolveDirectory } from './directory-state.js';
import { decideTenant, evolveTenants, type TenantsState } from './tenants.js';

const header = { commandId: commandId('c'), service: 'directory', actor: 'admin', at: 1, notAfter: 2 } as const;
const toDirectory = (body: PrincipalCommandBody): Command<PrincipalCommandBody> => ({
  ...header,
  stream: streamName('t'),
  body,
});
const toTenants = (body: TenantCommandBody): Command<TenantCommandBody> => ({
  ...header,
  stream: streamName('@tenants'),
  body,
});

const empty: DirectoryState = { tenantExists: true, principals: new Map(), holders: new Map() };

function given(...bodies: readonly PrincipalCommandBody[]): DirectoryState {
  return bodies.reduce((state, body) => {
    const decision = decideDirectory(state, toDirectory(body));
    if (decision.kind === 'reject') throw new Error(decision.rejection.detail);
    return decision.events.reduce(evolveDirectory, state);
  }, empty);
}

const codeOf = (state: DirectoryState, body: PrincipalCommandBody) => {
  const decision = decideDirectory(state, toDirectory(body));
  return decision.kind === 'reject' ? decision.rejection.code : 'accepted';
};

const ada: AddPrincipal = {
  type: 'AddPrincipal',
  id: 'ada',
  kind: 'user',
  name: 'Ada',
  login: 'ada',
  addresses: ['ada@example.org'],
  passwordHash: 'hash',
};
const bob: AddPrincipal = { ...ada, id: 'bob', login: 'bob', addresses: ['bob@example.org'] };

describe('AddPrincipal', () => {
  it('accepts a user, a group of it and a resource', () => {
    const team: AddPrincipal = {
      type: 'AddPrincipal',
      id: 'team',
      kind: 'group',
      name: 'T',
      addresses: [],
      members: ['ada'],
    };
    const room: AddPrincipal = {
      type: 'AddPrincipal',
      id: 'room',
      kind: 'resource',
      name: 'R',
      addresses: [],
      resourceKind: 'room',
    };
    expect([...given(ada, team, room).principals.keys()]).toEqual(['ada', 'team', 'room']);
  });

  it.each([
    ['an id that a principal of any kind has', { ...bob, id: 'ada' }, 'id-taken'],
    ['a login that another has, in other letters', { ...bob, login: 'ADA' }, 'login-taken'],
    ['a login that is an address of another', { ...bob, login: 'ada@example.org' }, 'login-taken'],
    ['an address that another has', { ...bob, addresses: ['Ada@Example.org'] }, 'address-taken'],
    ['an id that does not fit into a URL', { ...bob, id: 'b/b' }, 'invalid'],
    ['an address that is none', { ...bob, addresses: ['bob'] }, 'invalid'],
    ['a login with a colon, which HTTP Basic cannot carry', { ...bob, login: 'b:b' }, 'invalid'],
    ['a member that is not there', { ...bob, kind: 'group', members: ['eve'] }, 'invalid'],
  ] as const)('rejects %s', (_what, body, code) => expect(codeOf(given(ada), body)).toBe(code));

  it('rejects in a tenant that is not there', () => {
    expect(codeOf({ ...empty, tenantExists: false }, ada)).toBe('tenant-missing');
  });
});

describe('later changes of a principal', () => {
  it('accept its own login and addresses again', () => {
    const change = {
      type: 'ChangePrincipal',
      id: 'ada',
      kind: 'user',
      changes: { login: 'ADA', addresses: ['ada@example.org'] },
    } as const;
    expect(codeOf(given(ada), change)).toBe('accepted');
  });

  it('reject names of others, and principals that are not there or of another kind', () => {
    const change = { type: 'ChangePrincipal', id: 'ada', kind: 'user', changes: { login: 'bob' } } as const;
    expect(codeOf(given(ada, bob), change)).toBe('login-taken');
    expect(codeOf(given(bob), change)).toBe('principal-missing');
    expect(codeOf(given(ada), { ...change, kind: 'group' })).toBe('principal-missing');
  });

  it('free id and names when it is removed', () => {
    const remove = { type: 'RemovePrincipal', id: 'ada', kind: 'user' } as const;
    expect(codeOf(given(ada, remove), { ...bob, addresses: ada.addresses })).toBe('accepted');
    expect(codeOf(given(ada, remove), remove)).toBe('principal-missing');
  });
});

describe('credentials', () => {
  const add = { type: 'AddAppPassword', id: 'ada', key: 'k', label: 'phone', hash: 'h' } as const;
  const revoke = { type: 'RevokeAppPassword', id: 'ada', key: 'k' } as const;

  it('are added and revoked once', () => {
    expect(codeOf(given(ada), add)).toBe('accepted');
    expect(codeOf(given(ada, add), add)).toBe('id-taken');
    expect(codeOf(given(ada, add), revoke)).toBe('accepted');
    expect(codeOf(given(ada, add, revoke), revoke)).toBe('app-password-missing');
  });

  it('are no more than a hundred, with short names', () => {
    const many = Array.from({ length: 100 }, (_, at) => ({ ...add, key: `k${at}` }));
    expect(codeOf(given(ada, ...many), add)).toBe('too-many-app-passwords');
    expect(codeOf(given(ada, ...many, { ...revoke, key: 'k0' }), add)).toBe('accepted');
    expect(codeOf(given(ada), { ...add, label: 'x'.repeat(101) })).toBe('invalid');
  });

  it('are noted to be used once a day', () => {
    const day = 86_400_000;
    const use = (usedAt: number) => ({ type: 'NoteAppPasswordUse', id: 'ada', key: 'k', usedAt }) as const;
    const eventsOf = (state: DirectoryState, body: PrincipalCommandBody) => {
      const decision = decideDirectory(state, toDirectory(body));
      return decision.kind === 'reject' ? decision.rejection.code : decision.events;
    };
    const used = { type: 'AppPasswordUsed', schema: 1, id: 'ada', key: 'k' };
    expect(eventsOf(given(ada, add), use(day + 5))).toEqual([{ ...used, usedAt: day + 5 }]);
    expect(eventsOf(given(ada, add, use(day + 5)), use(2 * day - 1))).toEqual([]);
    expect(eventsOf(given(ada, add, use(day + 5)), use(day - 1))).toEqual([]);
    expect(eventsOf(given(ada, add, use(day + 5)), use(2 * day))).toEqual([{ ...used, usedAt: 2 * day }]);
    expect(eventsOf(given(ada), use(day))).toBe('app-password-missing');
  });

  it('belong to users only', () => {
    const room: AddPrincipal = { type: 'AddPrincipal', id: 'ada', kind: 'resource', name: 'R', addresses: [] };
    const change = { type: 'ChangePassword', id: 'ada', passwordHash: 'h' } as const;
    expect(codeOf(given(ada), change)).toBe('accepted');
    expect(codeOf(given(ada), { type: 'EndSessions', id: 'ada' })).toBe('accepted');
    for (const body of [add, revoke, change, { type: 'EndSessions', id: 'ada' } as const])
      expect(codeOf(given(room), body)).toBe('principal-missing');
  });
});

describe('tenants (O3)', () => {
  const none: TenantsState = { tenants: new Map(), inUse: new Set() };
  const settings: TenantSettings = { hosts: ['a.example'], domains: ['a.org'], profile: 'standard', limits: {} };
  const a: TenantsState = evolveTenants(none, { type: 'TenantAdded', schema: 1, id: 'a', ...settings });
  const code = (state: TenantsState, body: TenantCommandBody) => {
    const decision = decideTenant(state, toTenants(body));
    return decision.kind === 'reject' ? decision.rejection.code : 'accepted';
  };

  it.each([
    ['another id and other names', { id: 'b', hosts: ['b.example'], domains: [] }, 'accepted'],
    ['an id that is taken', { id: 'a', hosts: [], domains: [] }, 'id-taken'],
    ['a host name that is taken', { id: 'b', hosts: ['a.example'], domains: [] }, 'host-taken'],
    ['a domain that is taken', { id: 'b', hosts: [], domains: ['a.org'] }, 'domain-taken'],
    ['an id with a slash', { id: 'b/c', hosts: [], domains: [] }, 'invalid'],
    ['a host name with a space', { id: 'b', hosts: ['b example'], domains: [] }, 'invalid'],
  ])('adding with %s', (_what, body, expected) => {
    expect(code(a, { type: 'AddTenant', profile: 'standard', limits: {}, ...body })).toBe(expected);
  });

  const oidc = { issuer: 'https://id.example/realm', clientId: 'c', secret: 'A_1', name: 'Id', loginClaim: null };
  it.each([
    ['a provider', oidc, 'accepted'],
    [
      'a provider on a loopback',
      { ...oidc, issuer: 'http://127.0.0.1:8080', secret: null, loginClaim: 'sub' },
      'accepted',
    ],
    ['none any more', null, 'accepted'],
    ['an issuer without TLS', { ...oidc, issuer: 'http://id.example' }, 'invalid'],
    ['an issuer that only begins like a loopback', { ...oidc, issuer: 'http://127.0.0.1.example' }, 'invalid'],
    ['an issuer with a password', { ...oidc, issuer: 'https://a:b@id.example' }, 'invalid'],
    ['the secret itself for its name', { ...oidc, secret: 'q3-Tz/8' }, 'invalid'],
    ['no client id', { ...oidc, clientId: '' }, 'invalid'],
    ['no name', { ...oidc, name: ' ' }, 'invalid'],
  ])('take %s to sign in with', (_what, given, expected) => {
    expect(code(a, { type: 'ChangeTenant', id: 'a', changes: { oidc: given } })).toBe(expected);
  });

  it('change where they are, and may keep their own names', () => {
    const change = { type: 'ChangeTenant', id: 'a', changes: { hosts: ['a.example', 'c.example'] } } as const;
    expect(code(a, change)).toBe('accepted');
    expect(code(none, change)).toBe('tenant-missing');
    const changed = evolveTenants(a, { type: 'TenantChanged', schema: 1, id: 'a', changes: change.changes });
    expect(changed.tenants.get('a')).toMatchObject({ hosts: ['a.example', 'c.example'], domains: ['a.org'] });
  });

  it('are removed only when nobody is left in them', () => {
    const remove = { type: 'RemoveTenant', id: 'a' } as const;
    expect(code({ ...a, inUse: new Set(['a']) }, remove)).toBe('tenant-not-empty');
    expect(code(a, remove)).toBe('accepted');
    expect(evolveTenants(a, { type: 'TenantRemoved', schema: 1, id: 'a' }).tenants.size).toBe(0);
    expect(code(none, remove)).toBe('tenant-missing');
  });
});
