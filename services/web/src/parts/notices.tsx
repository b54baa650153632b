import { openDialogs } from '../state/open-dialogs.js';
import { contentChanged, dismiss, type Notice, notices, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { Icon } from './icon.js';

async function takeBack({ id, undo }: Notice): Promise<void> {
  dismiss(id);
  try {
    await undo?.();
    tell({ text: t('undone') });
  } catch (fault) {
    tellFault(fault);
  }
  contentChanged();
}

/**
 * What the page tells in passing; read out, and with a way back.
 * @param of the dialog that they stand in: the topmost one tells them, without any the page itself
 */
export function Notices({ of = null }: { readonly of?: string | null }) {
  const top = useStore(openDialogs).at(-1) ?? null;
  const all = useStore(notices);
  if (top !== of) return null;
  return (
    <div class="notices" role="status" aria-live="polite">
      {all.map((notice) => (
        <div key={notice.id} class={`notice ${notice.isFault === true ? 'is-fault' : ''}`}>
          <span>{notice.text}</span>
          {notice.undo === undefined ? null : (
            <button type="button" class="quiet" onClick={() => void takeBack(notice)}>
              {t('undo')}
            </button>
          )}
          <button type="button" class="icon-button" onClick={() => dismiss(notice.id)}>
            <Icon name="close" label={t('close')} />
          </button>
        </div>
      ))}
    </div>
  );
}
