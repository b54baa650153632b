import { Environment } from './environment.js';

/** The secrets of clients at providers of OpenID Connect, by the names that tenants have for them. */
export type OidcSecrets = (name: string) => string | null;

/** From `ALMANAC_OIDC_SECRET_<name>`, or the file that `…_FILE` names; each is read when it is needed, so it may change. */
export const readOidcSecrets =
  (values: NodeJS.ProcessEnv): OidcSecrets =>
  (name) =>
    new Environment(values).secret(`ALMANAC_OIDC_SECRET_${name}`);
