import type { PrincipalRecord, TenantId, TenantRecord } from '@almanac/contracts';
import type { PrincipalReader, TenantReader } from '@almanac/ports';
import type { Filter } from 'mongodb';
import type { PrincipalDocument, TenantDocument } from './collections.js';
import { principalKey } from './read-model-keys.js';
import type { ReadModels } from './read-models.js';

export class MongoTenantReader implements TenantReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
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
    const found = await this.#models.read('directory', ({ tenants }) =>
      tenants.find({ live: true }).sort({ _id: 1 }).toArray(),
    );
    return found.map(({ record }) => record as TenantRecord);
  }

  async #one(filter: Filter<TenantDocument>): Promise<TenantRecord | null> {
    const living = { ...filter, live: true };
    return (await this.#models.read('directory', ({ tenants }) => tenants.findOne(living)))?.record ?? null;
  }
}

export class MongoPrincipalReader implements PrincipalReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  principal(tenant: TenantId, id: string): Promise<PrincipalRecord | null> {
    return this.#one(principalKey(tenant, id));
  }

  principalByLogin(tenant: TenantId, login: string): Promise<PrincipalRecord | null> {
    return this.#one({ tenant, names: login.toLowerCase() });
  }

  async principalByAddress(tenant: TenantId, address: string): Promise<PrincipalRecord | null> {
    const found = await this.principalByLogin(tenant, address);
    const wanted = address.toLowerCase();
    return found?.addresses.some((own) => own.toLowerCase() === wanted) ? found : null;
  }

  principals(tenant: TenantId): Promise<readonly PrincipalRecord[]> {
    return this.#all({ tenant }, { kind: 1, id: 1 });
  }

  groupsOf(tenant: TenantId, id: string): Promise<readonly PrincipalRecord[]> {
    return this.#all({ tenant, members: id }, { id: 1 });
  }

  async #one(filter: Filter<PrincipalDocument>): Promise<PrincipalRecord | null> {
    const living = { ...filter, live: true };
    return (await this.#models.read('directory', ({ principals }) => principals.findOne(living)))?.record ?? null;
  }

  async #all(filter: Filter<PrincipalDocument>, sort: Record<string, 1>): Promise<readonly PrincipalRecord[]> {
    const living = { ...filter, live: true };
    const found = await this.#models.read('directory', ({ principals }) =>
      principals.find(living).sort(sort).toArray(),
    );
    return found.map(({ record }) => record as PrincipalRecord);
  }
}
