import type { OidcSettings } from '@almanac/contracts';
import type { OidcSecrets } from '@almanac/service-host';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';

/** Milliseconds for which what a provider says of itself is relied on. */
const lifetime = 60 * 60_000;
/** Seconds that a provider has for each answer … */
const timeout = 10;
/** … and by which its clock may be wrong. */
const tolerance = 30;
const maxProviders = 10_000;

interface Known {
  readonly configuration: Promise<Configuration>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The providers that people sign in with, as they describe themselves (OpenID Connect Discovery 1.0). */
export class Providers {
  readonly #secrets: OidcSecrets;
  readonly #known = new Map<string, Known>();

  constructor(secrets: OidcSecrets) {
    this.#secrets = secrets;
  }

  /** @throws what keeps the provider from answering */
  of(settings: OidcSettings): Promise<Configuration> {
    const secret = settings.secret === null ? null : this.#secrets(settings.secret);
    if (secret === null && settings.secret !== null) {
      return Promise.reject(new Error(`ALMANAC_OIDC_SECRET_${settings.secret} is not set`));
    }
    const name = JSON.stringify([settings.issuer, settings.clientId, secret]);
    const known = this.#known.get(name);
    if (known !== undefined && known.until > Date.now()) return known.configuration;
    const configuration = discovered(settings, secret);
    this.#known.delete(name);
    this.#known.set(name, { configuration, until: Date.now() + lifetime });
    // Who does not answer now is asked again by whoever comes next.
    configuration.catch(() => this.#known.delete(name));
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= maxProviders) break;
      this.#known.delete(oldest);
    }
    return configuration;
  }
}

/** What the provider signs is checked by its keys. The loopback alone may do without TLS. */
function discovered({ issuer, clientId }: OidcSettings, secret: string | null): Promise<Configuration> {
  const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
  const metadata = { [clockTolerance]: tolerance };
  const execute = [enableNonRepudiationChecks, ...insecure];
  return discovery(new URL(issuer), clientId, metadata, secret === null ? None() : withSecret(secret), {
    timeout,
    execute,
  });
}

/** In the way that the provider takes it; it takes Basic if it does not say (OpenID Connect Discovery 1.0, 3). */
const withSecret =
  (secret: string): ClientAuth =>
  (server, ...request) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = ways.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
    authenticate(server, ...request);
  };
