import { useEffect, useState } from 'preact/hooks';
import { api, pathOf, Refused } from '../api/request.js';
import type { TrashEntry } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { contentChanged, tell, tellFault } from '../state/stores.js';
import { formatDateTime } from '../text/format.js';
import { t } from '../text/t.js';

/** Deleted folders, which can be restored for a while (N3). */
export function TrashDialog({ close }: { readonly close: () => void }) {
  const [entries, setEntries] = useState<readonly TrashEntry[] | null>(null);
  const load = async (): Promise<void> =>
    setEntries((await api<{ trash: readonly TrashEntry[] }>('GET', 'trash')).trash);
  useEffect(() => void load().catch(tellFault), []);
  const act = (work: () => Promise<void>): void =>
    void work()
      .then(() => load())
      .then(contentChanged)
      .catch(tellFault);
  return (
    <Dialog title={t('trash')} close={close}>
      {entries?.length === 0 ? <p class="hint">{t('trashEmpty')}</p> : null}
      <ul class="rows">
        {(entries ?? []).map((entry) => (
          <li key={entry.id}>
            <span class="who">
              <strong>{entry.name}</strong>
              <small>
                {t('entryCount', { count: entry.members })} · {formatDateTime(entry.deletedAt)}
              </small>
            </span>
            <button type="button" onClick={() => act(() => restore(entry))}>
              {t('restore')}
            </button>
            <button type="button" class="danger" onClick={() => act(() => api('DELETE', `trash/${pathOf(entry.id)}`))}>
              {t('deleteForGood')}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Where its URL is taken meanwhile, the folder gets the one that is offered. */
async function restore({ id, name }: TrashEntry): Promise<void> {
  const path = `trash/${pathOf(id)}/restore`;
  try {
    await api('POST', path);
  } catch (fault) {
    if (!(fault instanceof Refused) || typeof fault.body['offered'] !== 'string') throw fault;
    await api('POST', path, { json: { segment: fault.body['offered'] } });
  }
  tell({ text: t('restored', { name }) });
}
