import { api, Refused } from '../api/request.js';
import type { Session } from '../api/types.js';
import { session, tellFault } from './stores.js';

/** Milliseconds until it is asked again where no answer says who somebody is. */
const pause = 3_000;

/** Who is signed in, as the server knows it now. */
export async function findSession(): Promise<void> {
  try {
    session.set(await api<Session>('GET', 'session'));
  } catch (fault) {
    const isRefused = fault instanceof Refused && fault.status === 401;
    if (isRefused) return session.value == null ? session.set(null) : tellFault(fault);
    // A line that is down for a moment signs nobody out, and asks nobody to sign in who may be.
    if (session.value !== undefined) return;
    tellFault(fault);
    setTimeout(() => void findSession(), pause);
  }
}
