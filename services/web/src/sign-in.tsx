import { useState } from 'preact/hooks';
import { api } from './api/request.js';
import type { Session } from './api/types.js';
import { Field } from './parts/field.js';
import { LanguageSwitch } from './parts/language-switch.js';
import { session } from './state/stores.js';
import { t } from './text/t.js';

export function SignIn() {
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      const json = { login: form.get('login'), password: form.get('password') };
      session.set(await api<Session>('POST', 'session', { json }));
    } catch (error) {
      setFault(
        error instanceof Error && 'status' in error && error.status === 401 ? t('wrongPassword') : String(error),
      );
      setBusy(false);
    }
  };
  return (
    <main class="sign-in">
      <form class="card" onSubmit={(event) => void submit(event as unknown as SubmitEvent)}>
        <img src="/icon.svg" alt="" width="48" height="48" />
        <h1>Almanac</h1>
        <Field label={t('login')}>
          {(id) => <input id={id} name="login" autocomplete="username" required autocapitalize="none" />}
        </Field>
        <Field label={t('password')}>
          {(id) => <input id={id} name="password" type="password" autocomplete="current-password" required />}
        </Field>
        <p class="fault" role="alert">
          {fault}
        </p>
        <button type="submit" class="primary" disabled={isBusy}>
          {t('signIn')}
        </button>
        <LanguageSwitch />
      </form>
    </main>
  );
}
