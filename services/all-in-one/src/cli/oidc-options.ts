import type { OidcSettings } from '@almanac/contracts';
import { type OptionValues, text, UsageFault } from './command.js';
import { string } from './operation.js';

export const oidcOptions = {
  'oidc-issuer': string,
  'oidc-client-id': string,
  'oidc-secret': string,
  'oidc-name': string,
  'oidc-login-claim': string,
};

/** All of it at once; null where `--oidc-issuer` is empty: people sign in with passwords alone. */
export function oidcFrom(options: OptionValues): OidcSettings | null | undefined {
  const given = Object.keys(oidcOptions).filter((name) => text(options, name) !== undefined);
  if (given.length === 0) return undefined;
  const issuer = text(options, 'oidc-issuer');
  if (issuer === '') return null;
  const clientId = text(options, 'oidc-client-id');
  if (issuer === undefined || clientId === undefined) {
    throw new UsageFault('Give --oidc-issuer and --oidc-client-id together; an empty --oidc-issuer ends it.');
  }
  return {
    ...{ issuer, clientId, secret: text(options, 'oidc-secret') ?? null },
    name: text(options, 'oidc-name') ?? hostIn(issuer),
    loginClaim: text(options, 'oidc-login-claim') ?? null,
  };
}

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
