import { api, Refused } from '../api/request.js';
import type { Session } from '../api/types.js';
import { session, tellFault } from './stores.js';

/** Who is signed in, as the server knows it now. */
export async function findSession(): Promise<void> {
  try {
    session.set(await api<Session>('GET', 'session'));
  } catch (fault) {
    const isRefused = fault instanceof Refused && fault.status === 401;
    // A line that is down for a moment signs nobody out.
    if (session.value != null) return isRefused ? tellFault(fault) : undefined;
    session.set(null);
    if (!isRefused) tellFault(fault);
  }
}
