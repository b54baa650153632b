import { useState } from 'preact/hooks';
import { api } from '../api/request.js';
import type { Session } from '../api/types.js';
import { QrCode } from '../parts/qr-code.js';
import { formatDateTime } from '../text/format.js';
import { t } from '../text/t.js';
import { OwnPasswordForm } from './own-password-form.js';

interface Made {
  readonly url: string;
  readonly expires: string;
}

/** A profile with everything in it, for an iPhone, iPad or Mac: as a link, and as a QR code to take it up with (C2). */
export function AppleProfile({ session }: { readonly session: Session }) {
  const [made, setMade] = useState<Made | null>(null);
  const make = async (form: HTMLFormElement): Promise<void> => {
    const own = Object.fromEntries(new FormData(form));
    setMade(await api<Made>('POST', 'device-profiles', { json: { label: t('appleProfile'), ...own } }));
  };
  return (
    <div class="apple-profile">
      <p>{t('appleProfileText')}</p>
      {made === null ? (
        <OwnPasswordForm session={session} action={t('makeProfile')} submit={make} />
      ) : (
        <div class="profile-made" role="status">
          <QrCode text={made.url} label={t('qrOfProfile')} />
          <div>
            <p>{t('scanProfile')}</p>
            <p>
              <a class="button" href={made.url}>
                {t('downloadProfile')}
              </a>
            </p>
            <p class="hint">{t('linkExpires', { time: formatDateTime(made.expires) })}</p>
          </div>
        </div>
      )}
    </div>
  );
}
