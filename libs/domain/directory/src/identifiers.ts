import type { OidcSettings, Rejection } from '@almanac/contracts';

const invalid = (detail: string): Rejection => ({ code: 'invalid', detail });

/** Ids stand in URLs and in stream names; nothing in them needs escaping there. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const tenantPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const addressPattern = /^[^\s@/<>"]{1,64}@[^\s@/<>"]{1,253}$/;
const loginPattern = /^[^\s:/]{1,254}$/;
const hostPattern = /^(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)$/;

export const faultOfId = (id: string): Rejection | null =>
  idPattern.test(id)
    ? null
    : invalid(
        `The id ${JSON.stringify(id)} must be 1–128 letters, digits, ".", "_" or "-", and begin with a letter or digit.`,
      );

export const faultOfTenantId = (id: string): Rejection | null =>
  tenantPattern.test(id)
    ? null
    : invalid(`The tenant id ${JSON.stringify(id)} must be 1–63 lower-case letters, digits or "-".`);

export const faultOfLogin = (login: string): Rejection | null =>
  loginPattern.test(login)
    ? null
    : invalid(`The login ${JSON.stringify(login)} must be 1–254 characters without spaces, ":" and "/".`);

export const faultOfAddress = (address: string): Rejection | null =>
  addressPattern.test(address)
    ? null
    : invalid(`${JSON.stringify(address)} is not a mail address of the form name@domain.`);

export const faultOfHost = (host: string): Rejection | null =>
  hostPattern.test(host) ? null : invalid(`${JSON.stringify(host)} is not a lower-case host name or address.`);

/** Nobody on the way may read or change what a provider says; a loopback has no way. */
const issuerPattern = /^(https:\/\/[^\s/?#@]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?)(\/[^\s?#]*)?$/;
const secretPattern = /^[A-Z0-9][A-Z0-9_]{0,63}$/;

export function faultOfOidc({ issuer, clientId, secret, name, loginClaim }: OidcSettings): Rejection | null {
  if (!issuerPattern.test(issuer)) return invalid(`The issuer ${JSON.stringify(issuer)} must be an https URL.`);
  if (!/^\S{1,500}$/.test(clientId)) return invalid('Give the client id that the provider has given out.');
  if (name.trim() === '' || name.length > 100) return invalid('The name of the provider has 1–100 characters.');
  if (secret !== null && !secretPattern.test(secret)) {
    return invalid(`The name of the secret ${JSON.stringify(secret)} must be 1–64 capitals, digits or "_".`);
  }
  if (loginClaim === null || /^\S{1,200}$/.test(loginClaim)) return null;
  return invalid('The claim that holds the login is named without spaces.');
}

/** The first fault of a list, if any. */
export const firstFault = (faults: Iterable<Rejection | null>): Rejection | null => {
  for (const fault of faults) if (fault !== null) return fault;
  return null;
};
