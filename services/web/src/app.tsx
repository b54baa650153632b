import { useEffect } from 'preact/hooks';
import { api, Refused } from './api/request.js';
import type { Session } from './api/types.js';
import { Notices } from './parts/notices.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';
import { session, tellFault } from './state/stores.js';
import { useStore } from './state/store.js';

async function findSession(): Promise<void> {
  try {
    session.set(await api<Session>('GET', 'session'));
  } catch (fault) {
    session.set(null);
    if (!(fault instanceof Refused && fault.status === 401)) tellFault(fault);
  }
}

const hour = 3_600_000;

export function App() {
  const known = useStore(session);
  useEffect(() => {
    void findSession();
    // A page that is looked at stays signed in.
    const timer = setInterval(() => void (session.value !== null && findSession()), hour);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      {known === undefined ? null : known === null ? <SignIn /> : <Shell session={known} />}
      <Notices />
    </>
  );
}
