import { dirname, join, resolve } from 'node:path';
import type { TenantId } from '@almanac/contracts';

/** No tenant is named so: ids begin with a letter or a digit. */
const unfinished = '~unfinished';

/**
 * `<tenant>/<first two digits>/<digest>/<copy>`; drafts lie beside the tenants, in the same file system, so that they are
 * moved and never copied. The two digits keep folders small, and pages of a listing cheap.
 */
export class BlobPaths {
  readonly root: string;
  readonly drafts: string;

  constructor(root: string) {
    this.root = resolve(root);
    this.drafts = join(this.root, unfinished);
  }

  /** The root's own name is in it. */
  get parent(): string {
    return dirname(this.root);
  }

  tenant(tenant: TenantId): string {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(tenant)) throw new RangeError(`${JSON.stringify(tenant)} is no id of a tenant`);
    return join(this.root, tenant);
  }

  shard(tenant: TenantId, digits: string): string {
    return join(this.tenant(tenant), digits);
  }

  copies(tenant: TenantId, digest: string): string {
    return join(this.shard(tenant, digest.slice(0, 2)), digest);
  }
}
