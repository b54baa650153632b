import type { Folder, Session } from '../api/types.js';
import { CopyField } from '../parts/copy-field.js';
import { Dialog } from '../parts/dialog.js';
import { QrCode } from '../parts/qr-code.js';
import { formatDateTime, formatSize } from '../text/format.js';
import { rightText } from '../text/rights.js';
import { t } from '../text/t.js';

interface PropertiesDialogProps {
  readonly folder: Folder;
  readonly session: Session;
  readonly close: () => void;
}

/** What there is to know of a folder; first its CalDAV URL (C5). */
export function PropertiesDialog({ folder, session, close }: PropertiesDialogProps) {
  const url = session.server + folder.href;
  const rows: readonly (readonly [string, string])[] = [
    [t('owner'), folder.owner],
    [t('yourRight'), rightText(folder.right)],
    [t('entries'), String(folder.members)],
    ...(folder.size === undefined ? [] : [[t('size'), formatSize(folder.size)] as const]),
    [t('lastChange'), formatDateTime(folder.modifiedAt)],
  ];
  return (
    <Dialog title={t('propertiesOf', { name: folder.name })} close={close}>
      <CopyField label={t('caldavUrl')} value={url} />
      <p class="hint">{t('caldavUrlHint')}</p>
      <div class="properties">
        <dl>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <QrCode text={url} label={t('qrOfUrl')} />
      </div>
    </Dialog>
  );
}
