import { useEffect } from 'preact/hooks';
import { api, Refused } from './api/request.js';
import type { Session } from './api/types.js';
import { Notices } from './parts/notices.js';
import { Shell } from './shell.js';
import { SignIn, SignInAgain } from './sign-in.js';
import { isEnded, session, tellFault } from './state/stores.js';
import { useStore } from './state/store.js';

async function findSession(): Promise<void> {
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

const hour = 3_600_000;

export function App() {
  const known = useStore(session);
  const hasEnded = useStore(isEnded);
  useEffect(() => {
    void findSession();
    // A page that is looked at stays signed in.
    const timer = setInterval(() => void (session.value !== null && findSession()), hour);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      {known === undefined ? null : known === null ? <SignIn /> : <Shell key={known.id} session={known} />}
      {known != null && hasEnded ? <SignInAgain /> : null}
      <Notices />
    </>
  );
}
