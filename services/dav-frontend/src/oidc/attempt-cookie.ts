import type { IncomingMessage } from 'node:http';
import type { SignedLinks } from '@almanac/service-host';
import { browserCookie, cookieNamed, cookieNameFor } from '../http/session.js';

const name = 'almanac_oidc';
const purpose = 'sign-in elsewhere';
/** Seconds that people have at the provider. */
const lifetime = 600;

/** What a browser was sent to a provider with; it brings it back itself, so that every replica can go on. */
export interface Attempt {
  readonly tenant: string;
  /** RFC 6749 10.12: the answer is for this browser … */
  readonly state: string;
  /** … and the ID token for this attempt (OpenID Connect Core 1.0, 3.1.2.1). */
  readonly nonce: string;
  /** RFC 7636: the code is of use to us alone. */
  readonly verifier: string;
}

/** The value of Set-Cookie. @param origin what the page was loaded from */
export async function attemptCookie(links: SignedLinks, attempt: Attempt, origin: string): Promise<string> {
  const token = await links.seal(purpose, JSON.stringify(attempt), Date.now() + lifetime * 1000);
  return browserCookie(cookieNameFor(name, origin), token, lifetime, origin);
}

export const endedAttempt = (origin: string): string => browserCookie(cookieNameFor(name, origin), '', 0, origin);

/** Null where this browser was not sent anywhere, or long ago. */
export async function attemptIn(message: IncomingMessage, links: SignedLinks, origin: string): Promise<Attempt | null> {
  const token = cookieNamed(message, cookieNameFor(name, origin));
  const text = token === null ? null : await links.unseal(purpose, token, Date.now());
  return text === null ? null : (JSON.parse(text) as Attempt);
}
