import { useEffect, useState } from 'preact/hooks';
import { api, Refused } from './api/request.js';
import type { Session, SignInWays } from './api/types.js';
import { Confirm, Dialog } from './parts/dialog.js';
import { Field } from './parts/field.js';
import { LanguageSwitch } from './parts/language-switch.js';
import { signedIn } from './state/stores.js';
import { faultText } from './text/fault-text.js';
import { t } from './text/t.js';

/** The page comes back here from another service that would not vouch for anybody. */
function takeFailure(): string {
  if (new URLSearchParams(location.search).get('sign-in') !== 'failed') return '';
  history.replaceState(null, '', location.pathname + location.hash);
  return t('signInFailed');
}

function refusalText(fault: unknown): string {
  const status = fault instanceof Refused ? fault.status : 0;
  if (status === 401) return t('wrongPassword');
  if (status === 429) return t('tooManyTries');
  return faultText(fault);
}

const passwordAlone: SignInWays = { password: true, oidc: null };

export const SignIn = () => (
  <main class="sign-in">
    <div class="card">
      <img src="/icon.svg" alt="" width="48" height="48" />
      <h1>Almanac</h1>
      <Ways />
      <LanguageSwitch />
    </div>
  </main>
);

/** Over what waits meanwhile, which nobody is to read. */
export function SignInAgain() {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <Dialog title={t('signIn')} close={() => setLeaving(true)}>
      <div class="sign-in-again">
        <p>{t('sessionEnded')}</p>
        <Ways />
      </div>
      {isLeaving ? (
        <Confirm
          {...{ title: t('discard'), text: t('discardText'), action: t('discard') }}
          run={() => signedIn(null)}
          close={() => setLeaving(false)}
        />
      ) : null}
    </Dialog>
  );
}

/** The ways to say who one is. */
function Ways() {
  const [ways, setWays] = useState<SignInWays | null>(null);
  const [fault, setFault] = useState(takeFailure);
  useEffect(() => {
    api<SignInWays>('GET', 'sign-in-ways').then(setWays, () => setWays(passwordAlone));
  }, []);
  if (ways === null) return null;
  return (
    <>
      {ways.oidc === null ? null : (
        <a class={`button ${ways.password ? '' : 'primary'}`} href="/oidc/sign-in">
          {t('signInWith', { name: ways.oidc.name })}
        </a>
      )}
      {ways.password ? <PasswordForm failed={setFault} /> : null}
      <p class="fault" role="alert">
        {fault}
      </p>
    </>
  );
}

function PasswordForm({ failed }: { readonly failed: (fault: string) => void }) {
  const [isBusy, setBusy] = useState(false);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true);
    try {
      const json = Object.fromEntries(new FormData(form));
      signedIn(await api<Session>('POST', 'session', { json }));
    } catch (fault) {
      failed(refusalText(fault));
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Field label={t('login')}>
        {(id) => <input id={id} name="login" autocomplete="username" required autocapitalize="none" autofocus />}
      </Field>
      <Field label={t('password')}>
        {(id) => <input id={id} name="password" type="password" autocomplete="current-password" required />}
      </Field>
      <button type="submit" class="primary" disabled={isBusy}>
        {t('signIn')}
      </button>
    </form>
  );
}
