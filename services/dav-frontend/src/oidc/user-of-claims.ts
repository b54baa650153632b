import { type OidcSettings, type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import type { PrincipalReader } from '@almanac/ports';

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Whom a provider has signed in: by the login that a claim of the tenant's choice holds, else by a mail address that the
 * provider has verified. Null where that is none of the tenant's users.
 */
export async function userOfClaims(
  principals: PrincipalReader,
  tenant: TenantRecord & { readonly oidc: OidcSettings },
  claims: Claims,
): Promise<PrincipalRecord | null> {
  const { loginClaim } = tenant.oidc;
  const found =
    loginClaim === null
      ? await byAddress(principals, tenant, claims)
      : await byLogin(principals, tenant, claims[loginClaim]);
  return found?.kind === 'user' ? found : null;
}

async function byAddress(
  principals: PrincipalReader,
  { id }: TenantRecord,
  { email, email_verified: verified }: Claims,
) {
  if (typeof email !== 'string' || verified !== true) return null;
  return principals.principalByAddress(tenantId(id), email);
}

/** A login alone: people may be free to choose what looks like somebody's address. */
async function byLogin(principals: PrincipalReader, { id }: TenantRecord, login: unknown) {
  if (typeof login !== 'string') return null;
  const found = await principals.principalByLogin(tenantId(id), login);
  return found?.login?.toLowerCase() === login.toLowerCase() ? found : null;
}
