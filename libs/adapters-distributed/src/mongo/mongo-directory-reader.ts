import type { PrincipalRecord, TenantId, TenantRecord } from '@almanac/contracts';
import type { PrincipalReader, TenantReader } from '@almanac/ports';
import type { Filter } from 'mongodb';
import type { PrincipalDocument, ReadModelCollections, TenantDocument } from './collections.js';

export class MongoTenantReader implements TenantReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  tenant(id: TenantId): Promise<TenantRecord | null> {
    return this.#one({ _id: id });
  }

  tenantByHost(host: string): Promise<TenantRecord | null> {
    return this.#one({ names: `host:${host.toLowerCase()}` });
  }

  tenantByDomain(domain: string): Promise<TenantRecord | null> {
    return this.#one({ names: `domain:${domain.toLowerCase()}` });
  }

  async tenants(): Promise<readonly TenantRecord[]> {
    const found = await this.#models.tenants.find({ live: true }).sort({ _id: 1 }).toArray();
    return found.map(({ record }) => record as TenantRecord);
  }

  async #one(filter: Filter<TenantDocument>): Promise<TenantRecord | null> {
    return (await this.#models.tenants.findOne({ ...filter, live: true }))?.record ?? null;
  }
}

export class MongoPrincipalReader implements PrincipalReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async principal(tenant: TenantId, id: string): Promise<PrincipalRecord | null> {
    return (await this.#models.principals.findOne({ _id: `${tenant}/${id}`, live: true }))?.record ?? null;
  }

  async principalByLogin(tenant: TenantId, login: string): Promise<PrincipalRecord | null> {
    const filter = { tenant, names: login.toLowerCase(), live: true };
    return (await this.#models.principals.findOne(filter))?.record ?? null;
  }

  async principalByAddress(tenant: TenantId, address: string): Promise<PrincipalRecord | null> {
    const found = await this.principalByLogin(tenant, address);
    const wanted = address.toLowerCase();
    return found?.addresses.some((own) => own.toLowerCase() === wanted) ? found : null;
  }

  principals(tenant: TenantId): Promise<readonly PrincipalRecord[]> {
    return this.#all({ tenant, live: true }, { kind: 1, id: 1 });
  }

  groupsOf(tenant: TenantId, id: string): Promise<readonly PrincipalRecord[]> {
    return this.#all({ tenant, members: id, live: true }, { id: 1 });
  }

  async #all(filter: Filter<PrincipalDocument>, sort: Record<string, 1>): Promise<readonly PrincipalRecord[]> {
    const found = await this.#models.principals.find(filter).sort(sort).toArray();
    return found.map(({ record }) => record as PrincipalRecord);
  }
}
