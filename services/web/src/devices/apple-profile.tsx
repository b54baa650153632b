import { useState } from 'preact/hooks';
import { api } from '../api/request.js';
import { QrCode } from '../parts/qr-code.js';
import { tellFault } from '../state/stores.js';
import { formatDateTime } from '../text/format.js';
import { t } from '../text/t.js';

interface Made {
  readonly url: string;
  readonly expires: string;
}

/** A profile with everything in it, for an iPhone, iPad or Mac: as a link, and as a QR code to take it up with (C2). */
export function AppleProfile() {
  const [made, setMade] = useState<Made | null>(null);
  const make = async (): Promise<void> => {
    setMade(await api<Made>('POST', 'device-profiles', { json: { label: t('appleProfile') } }));
  };
  return (
    <div class="apple-profile">
      <p>{t('appleProfileText')}</p>
      {made === null ? (
        <button type="button" class="primary" onClick={() => void make().catch(tellFault)}>
          {t('makeProfile')}
        </button>
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
