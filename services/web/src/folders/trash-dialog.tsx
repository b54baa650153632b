import { useEffect, useState } from 'preact/hooks';
import { api, pathOf, Refused } from '../api/request.js';
import type { TrashEntry } from '../api/types.js';
import { deleteFolder } from '../api/dav.js';
import { Confirm, Dialog } from '../parts/dialog.js';
import { inOrder } from '../state/in-order.js';
import { useStore } from '../state/store.js';
import { contentChanged, revision, tell, tellFault } from '../state/stores.js';
import { formatDateTime } from '../text/format.js';
import { t } from '../text/t.js';

/** Deleted folders, which can be restored for a while (N3). */
export function TrashDialog({ close }: { readonly close: () => void }) {
  const [entries, setEntries] = useState<readonly TrashEntry[] | null>(null);
  const [erased, setErased] = useState<TrashEntry | null>(null);
  const changes = useStore(revision);
  const [show] = useState(() => inOrder<{ trash: readonly TrashEntry[] }>(({ trash }) => setEntries(trash)));
  useEffect(() => void show(api('GET', 'trash')).catch(tellFault), [changes]);
  const act = (work: () => Promise<void>): void => void work().then(contentChanged).catch(tellFault);
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
            <button type="button" class="danger" onClick={() => setErased(entry)}>
              {t('deleteForGood')}
            </button>
          </li>
        ))}
      </ul>
      {erased === null ? null : (
        <Confirm
          title={t('deleteForGood')}
          text={t('deleteForGoodText', { name: erased.name, count: erased.members })}
          action={t('deleteForGood')}
          run={() => act(() => api('DELETE', `trash/${pathOf(erased.id)}`))}
          close={() => setErased(null)}
        />
      )}
    </Dialog>
  );
}

/** Where its URL is taken meanwhile, the folder gets the one that is offered. */
async function restore({ id, name }: TrashEntry): Promise<void> {
  const path = `trash/${pathOf(id)}/restore`;
  const again = (fault: unknown): Promise<{ readonly href: string }> => {
    if (!(fault instanceof Refused) || typeof fault.body['offered'] !== 'string') throw fault;
    return api('POST', path, { json: { segment: fault.body['offered'] } });
  };
  const { href } = await api<{ readonly href: string }>('POST', path).catch(again);
  tell({ text: t('restored', { name }), undo: () => deleteFolder(href) });
}
