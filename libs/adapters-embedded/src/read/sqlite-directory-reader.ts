import type { PrincipalRecord, TenantId, TenantRecord } from '@almanac/contracts';
import type { PrincipalReader, TenantReader } from '@almanac/ports';
import type { Database, Row } from '../database.js';

export class SqliteTenantReader implements TenantReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async tenant(id: TenantId): Promise<TenantRecord | null> {
    return tenantFrom(this.#database.get('SELECT record FROM tenants WHERE id = ? AND live = 1', id));
  }

  async tenantByHost(host: string): Promise<TenantRecord | null> {
    return this.#byName('host', host);
  }

  async tenantByDomain(domain: string): Promise<TenantRecord | null> {
    return this.#byName('domain', domain);
  }

  async tenants(): Promise<readonly TenantRecord[]> {
    return this.#database
      .all('SELECT record FROM tenants WHERE live = 1 ORDER BY id')
      .map(([record]) => JSON.parse(String(record)) as TenantRecord);
  }

  #byName(kind: 'host' | 'domain', name: string): TenantRecord | null {
    return tenantFrom(
      this.#database.get(
        `SELECT record FROM tenant_names JOIN tenants ON tenants.id = tenant_names.tenant
         WHERE tenant_names.kind = ? AND name = ? AND live = 1`,
        kind,
        name.toLowerCase(),
      ),
    );
  }
}

export class SqlitePrincipalReader implements PrincipalReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async principal(tenant: TenantId, id: string): Promise<PrincipalRecord | null> {
    return principalFrom(
      this.#database.get('SELECT record FROM principals WHERE tenant = ? AND id = ? AND live = 1', tenant, id),
    );
  }

  async principalByLogin(tenant: TenantId, login: string): Promise<PrincipalRecord | null> {
    return principalFrom(
      this.#database.get(
        `SELECT record FROM principal_names JOIN principals USING (tenant, id)
         WHERE tenant = ? AND name = ? AND live = 1`,
        tenant,
        login.toLowerCase(),
      ),
    );
  }

  async principalByAddress(tenant: TenantId, address: string): Promise<PrincipalRecord | null> {
    const found = await this.principalByLogin(tenant, address);
    const wanted = address.toLowerCase();
    return found?.addresses.some((own) => own.toLowerCase() === wanted) ? found : null;
  }

  async principals(tenant: TenantId): Promise<readonly PrincipalRecord[]> {
    return this.#all('SELECT record FROM principals WHERE tenant = ? AND live = 1 ORDER BY kind, id', tenant);
  }

  async groupsOf(tenant: TenantId, id: string): Promise<readonly PrincipalRecord[]> {
    return this.#all(
      `SELECT record FROM group_members JOIN principals USING (tenant, id)
       WHERE tenant = ? AND member = ? AND live = 1 ORDER BY id`,
      tenant,
      id,
    );
  }

  #all(sql: string, ...values: string[]): readonly PrincipalRecord[] {
    return this.#database.all(sql, ...values).map(([record]) => JSON.parse(String(record)) as PrincipalRecord);
  }
}

const tenantFrom = (row: Row | undefined): TenantRecord | null =>
  row === undefined ? null : (JSON.parse(String(row[0])) as TenantRecord);

const principalFrom = (row: Row | undefined): PrincipalRecord | null =>
  row === undefined ? null : (JSON.parse(String(row[0])) as PrincipalRecord);
