import { useEffect } from 'preact/hooks';
import { Notices } from './parts/notices.js';
import { Shell } from './shell.js';
import { SignIn, SignInAgain } from './sign-in.js';
import { findSession } from './state/find-session.js';
import { isEnded, session } from './state/stores.js';
import { useStore } from './state/store.js';

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
