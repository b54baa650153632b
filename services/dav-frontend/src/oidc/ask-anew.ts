import type { IncomingMessage } from 'node:http';
import { browserCookie, cookieNamed, cookieNameFor } from '../http/session.js';

const name = 'almanac_ask_anew';
/** Seconds that people have to sign out and in again. */
const lifetime = 900;

/**
 * The value of Set-Cookie after which the provider is told to ask who it is: it may know the browser, whoever sits there. The
 * cookie is for convenience alone: without it the provider says when it asked last, and that was too long ago already.
 */
export const askAnew = (origin: string): string => browserCookie(cookieNameFor(name, origin), '1', lifetime, origin);

export const askedAnew = (origin: string): string => browserCookie(cookieNameFor(name, origin), '', 0, origin);

export const isToAskAnew = (message: IncomingMessage, origin: string): boolean =>
  cookieNamed(message, cookieNameFor(name, origin)) !== null;
