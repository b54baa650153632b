import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api/request.js';
import type { Session } from '../api/types.js';
import { Field } from '../parts/field.js';
import { faultText } from '../text/fault-text.js';
import { t } from '../text/t.js';

interface OwnPasswordFormProps {
  readonly session: Session;
  readonly action: string;
  /** Given the form with `password` in it, where one is needed. */
  readonly submit: (form: HTMLFormElement) => Promise<void>;
  readonly children?: ComponentChildren;
}

/** A form that asks for one's own password once more: what it makes opens the account for good. */
export function OwnPasswordForm({ session, action, submit, children }: OwnPasswordFormProps) {
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const run = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true);
    setFault('');
    await submit(form).catch((error: unknown) => setFault(refusalText(error, session)));
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(event.currentTarget);
      }}
    >
      <div class="inline-form">
        {children}
        {session.passwordNeeded ? (
          <Field label={t('ownPassword')}>
            {(id) => (
              <input {...{ id, name: 'password', type: 'password', autocomplete: 'current-password' }} required />
            )}
          </Field>
        ) : null}
        <button type="submit" class="primary" disabled={isBusy}>
          {action}
        </button>
      </div>
      {fault === '' ? null : (
        <p class="fault" role="alert">
          {fault} {fault !== t('signInAgain') ? null : <a href="/oidc/sign-in">{t('signInNow')}</a>}
        </p>
      )}
    </form>
  );
}

function refusalText(error: unknown, { passwordNeeded }: Session): string {
  const status = error instanceof Refused ? error.status : 0;
  if (status === 403) return t(passwordNeeded ? 'wrongOwnPassword' : 'signInAgain');
  if (status === 429) return t('tooManyTries');
  return faultText(error);
}
