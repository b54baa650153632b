import { useEffect, useState } from 'preact/hooks';
import { api, pathOf } from '../api/request.js';
import type { AppPassword, Session } from '../api/types.js';
import { Confirm } from '../parts/dialog.js';
import { CopyField } from '../parts/copy-field.js';
import { Field } from '../parts/field.js';
import { tell, tellFault } from '../state/stores.js';
import { formatDateTime, formatDay } from '../text/format.js';
import { t } from '../text/t.js';
import { OwnPasswordForm } from './own-password-form.js';

/** A password for each device: who loses one takes back that alone. */
export function AppPasswords({ session }: { readonly session: Session }) {
  const [all, setAll] = useState<readonly AppPassword[]>([]);
  const [made, setMade] = useState<(AppPassword & { readonly password: string }) | null>(null);
  const [revoked, setRevoked] = useState<AppPassword | null>(null);
  const load = async (): Promise<void> =>
    setAll((await api<{ appPasswords: readonly AppPassword[] }>('GET', 'app-passwords')).appPasswords);
  useEffect(() => void load().catch(tellFault), []);
  const make = async (form: HTMLFormElement): Promise<void> => {
    const { label, ...own } = Object.fromEntries(new FormData(form));
    setMade(await api('POST', 'app-passwords', { json: { label, ...own } }));
    form.reset();
    await load();
  };
  const revoke = async ({ key, label }: AppPassword): Promise<void> => {
    await api('DELETE', `app-passwords/${pathOf(key)}`);
    if (made?.key === key) setMade(null);
    tell({ text: t('revoked', { name: label }) });
    await load();
  };
  return (
    <section class="card">
      <h2>{t('appPasswords')}</h2>
      <p class="hint">{t('appPasswordsHint')}</p>
      <OwnPasswordForm session={session} action={t('makePassword')} submit={make}>
        <Field label={t('deviceName')}>
          {(id) => <input id={id} name="label" required maxLength={100} placeholder={t('deviceExample')} />}
        </Field>
      </OwnPasswordForm>
      {made === null ? null : (
        <div class="made" role="status">
          <CopyField label={t('passwordFor', { name: made.label })} value={made.password} />
          <p class="hint">{t('shownOnce')}</p>
        </div>
      )}
      <ul class="rows">
        {all.map((each) => (
          <li key={each.key}>
            <span class="who">
              <strong>{each.label}</strong>
              <small>
                {t('madeAt', { time: formatDateTime(each.created) })} ·{' '}
                {each.lastUsed === null ? t('neverUsed') : t('usedAt', { time: formatDay(each.lastUsed) })}
              </small>
            </span>
            <button
              type="button"
              class="danger"
              aria-label={t('revokeOf', { name: each.label })}
              onClick={() => setRevoked(each)}
            >
              {t('revoke')}
            </button>
          </li>
        ))}
      </ul>
      {revoked === null ? null : (
        <Confirm
          title={t('revokeOf', { name: revoked.label })}
          text={t('revokeText')}
          action={t('revoke')}
          run={() => void revoke(revoked).catch(tellFault)}
          close={() => setRevoked(null)}
        />
      )}
    </section>
  );
}
