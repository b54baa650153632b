import { type TenantId, tenantId, tenantsStream, directoryStream } from '@almanac/contracts';
import type {
  DirectoryStateReader,
  PrincipalReader,
  ReadModelChange,
  ReadModelWriter,
  TenantReader,
} from '@almanac/ports';
import { describe, expect, it } from 'vitest';

export interface DirectoryModels {
  readonly writer: ReadModelWriter;
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
  readonly states: DirectoryStateReader;
}

const tenant: TenantId = tenantId('example');

const tenantPut = (version: number, hosts: readonly string[]): ReadModelChange => ({
  kind: 'tenant-put',
  id: tenant,
  version,
  changes: { hosts, domains: ['example.org'], profile: 'standard', limits: {} },
});

const ada = (version: number, changes: object = {}): ReadModelChange => ({
  kind: 'principal-put',
  tenant,
  id: 'ada',
  version,
  changes: {
    kind: 'user',
    name: 'Ada',
    login: 'Ada',
    addresses: ['ada@example.org', 'A.L@example.org'],
    credentialVersion: version,
    appPasswords: [],
    createdAt: 5,
    ...changes,
  },
});

const team = (version: number, members: readonly string[]): ReadModelChange => ({
  kind: 'principal-put',
  tenant,
  id: 'team',
  version,
  changes: {
    kind: 'group',
    name: 'Team',
    addresses: [],
    members,
    credentialVersion: 1,
    appPasswords: [],
    createdAt: 5,
  },
});

/** What every directory does. @param open gives a new, empty one for each case. */
export function directoryContract(open: () => Promise<DirectoryModels>): void {
  describe('directory read models', () => {
    it('find a tenant by id, host and domain without case', async () => {
      const { writer, tenants } = await open();
      await writer.apply([tenantPut(1, ['dav.example.org'])]);
      const found = await tenants.tenant(tenant);
      expect(found).toMatchObject({ id: 'example', profile: 'standard' });
      expect(await tenants.tenantByHost('DAV.example.org')).toEqual(found);
      expect(await tenants.tenantByDomain('Example.org')).toEqual(found);
      expect(await tenants.tenantByHost('example.org')).toBeNull();
      expect(await tenants.tenants()).toEqual([found]);
    });

    it('forget the names that a tenant has given up', async () => {
      const { writer, tenants } = await open();
      await writer.apply([tenantPut(1, ['a.example']), tenantPut(2, ['b.example']), tenantPut(1, ['a.example'])]);
      expect(await tenants.tenantByHost('a.example')).toBeNull();
      expect(await tenants.tenantByHost('b.example')).not.toBeNull();
      await writer.apply([{ kind: 'tenant-dropped', id: tenant, version: 3 }, tenantPut(2, ['b.example'])]);
      expect(await tenants.tenantByHost('b.example')).toBeNull();
      expect(await tenants.tenants()).toEqual([]);
    });

    it('find a principal by id, login and any address without case', async () => {
      const { writer, principals } = await open();
      await writer.apply([ada(1)]);
      const found = await principals.principal(tenant, 'ada');
      expect(found).toMatchObject({ id: 'ada', tenant: 'example', login: 'Ada', credentialVersion: 1 });
      for (const login of ['ADA', 'ada@EXAMPLE.org', 'a.l@example.org']) {
        expect(await principals.principalByLogin(tenant, login)).toEqual(found);
      }
      expect(await principals.principalByAddress(tenant, 'a.l@example.org')).toEqual(found);
      expect(await principals.principalByAddress(tenant, 'ada')).toBeNull();
      expect(await principals.principalByLogin(tenantId('other'), 'ada')).toBeNull();
    });

    it('keep app passwords and their last use until they are revoked', async () => {
      const { writer, principals, states } = await open();
      const appPasswordAdded = { key: 'k1', label: 'phone', hash: 'h', createdAt: 7 };
      await writer.apply([
        ada(1),
        { kind: 'principal-put', tenant, id: 'ada', version: 2, changes: {}, appPasswordAdded },
      ]);
      expect((await principals.principal(tenant, 'ada'))?.appPasswords).toEqual([appPasswordAdded]);
      const appPasswordUsed = { key: 'k1', usedAt: 9 };
      const used = { kind: 'principal-put', tenant, id: 'ada', version: 3, changes: {}, appPasswordUsed } as const;
      await writer.apply([used, used]);
      const noted = { ...appPasswordAdded, usedAt: 9 };
      expect((await principals.principal(tenant, 'ada'))?.appPasswords).toEqual([noted]);
      expect((await states.directory({ tenant, ids: ['ada'], names: [] })).principals).toMatchObject([
        { appPasswords: [{ key: 'k1', usedAt: 9 }] },
      ]);
      await writer.apply([
        {
          kind: 'principal-put',
          tenant,
          id: 'ada',
          version: 4,
          changes: { credentialVersion: 4 },
          appPasswordRevoked: 'k1',
        },
      ]);
      expect(await principals.principal(tenant, 'ada')).toMatchObject({
        appPasswords: [],
        credentialVersion: 4,
        name: 'Ada',
      });
    });

    it('know the groups of a principal', async () => {
      const { writer, principals } = await open();
      await writer.apply([ada(1), team(2, ['ada'])]);
      expect((await principals.groupsOf(tenant, 'ada')).map(({ id }) => id)).toEqual(['team']);
      await writer.apply([team(3, [])]);
      expect(await principals.groupsOf(tenant, 'ada')).toEqual([]);
      expect((await principals.principals(tenant)).map(({ id }) => id)).toEqual(['team', 'ada']);
    });

    it('forget a principal that was removed, with its names', async () => {
      const { writer, principals } = await open();
      await writer.apply([ada(1), { kind: 'principal-dropped', tenant, id: 'ada', version: 2 }, ada(1)]);
      expect(await principals.principal(tenant, 'ada')).toBeNull();
      expect(await principals.principalByLogin(tenant, 'ada')).toBeNull();
    });

    it('take a principal that was removed out of its groups, so that the next one with its id is in none', async () => {
      const { writer, principals } = await open();
      const dropped = { kind: 'principal-dropped', tenant, id: 'ada', version: 3 } as const;
      await writer.apply([ada(1), team(2, ['ada', 'bob']), dropped, ada(4), dropped, team(2, ['ada', 'bob'])]);
      expect(await principals.groupsOf(tenant, 'ada')).toEqual([]);
      expect(await principals.principal(tenant, 'team')).toMatchObject({ members: ['bob'], version: 3 });
      expect(await principals.principal(tenant, 'ada')).toMatchObject({ version: 4 });
    });

    it('give what decisions need, at the version that they show', async () => {
      const { writer, states } = await open();
      await writer.apply([
        tenantPut(1, ['a.example']),
        { kind: 'directory-advanced', stream: tenantsStream, version: 1 },
        ada(1),
        { kind: 'directory-advanced', stream: directoryStream(tenant), version: 1 },
      ]);
      expect(await states.directory({ tenant, ids: ['ada', 'bob'], names: ['a.l@example.org', 'bob'] })).toEqual({
        version: 1,
        tenantExists: true,
        principals: [{ id: 'ada', kind: 'user', appPasswords: [] }],
        holders: [{ name: 'a.l@example.org', id: 'ada' }],
      });
      expect(await states.tenants()).toMatchObject({ version: 1, tenants: [{ id: 'example' }], inUse: ['example'] });
    });
  });
}
