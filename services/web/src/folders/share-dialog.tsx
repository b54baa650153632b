import { useEffect, useState } from 'preact/hooks';
import { api, pathOf } from '../api/request.js';
import type { Folder, Principal, Share } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { Icon } from '../parts/icon.js';
import { inOrder } from '../state/in-order.js';
import { tell, tellFault } from '../state/stores.js';
import { rightHint, rightText, shareRights } from '../text/rights.js';
import { t } from '../text/t.js';

/** Whom a folder is shared with, and what they may do there (S1). */
export function ShareDialog({ folder, close }: { readonly folder: Folder; readonly close: () => void }) {
  const base = `folders/${pathOf(folder.home, folder.segment)}/shares`;
  const [shares, setShares] = useState<readonly Share[] | null>(null);
  const [show] = useState(() => inOrder<{ readonly shares: readonly Share[] }>((answer) => setShares(answer.shares)));
  const load = (): Promise<void> => show(api('GET', base));
  useEffect(() => void load().catch(tellFault), [base]);
  const put = ({ id, right }: Pick<Share, 'id' | 'right'>) => api('PUT', `${base}/${pathOf(id)}`, { json: { right } });
  const take = ({ id }: Pick<Share, 'id'>) => api('DELETE', `${base}/${pathOf(id)}`);
  const act = (work: Promise<unknown>, back: () => Promise<unknown>): void => {
    const undo = () => back().then(load);
    void work
      .then(load)
      .then(() => tell({ text: t('saved'), undo }))
      .catch(tellFault);
  };
  const grant = (id: string, right: Share['right']): void => {
    const before = shares?.find((share) => share.id === id);
    act(put({ id, right }), () => (before === undefined ? take({ id }) : put(before)));
  };
  const revoke = (share: Share): void => act(take(share), () => put(share));
  return (
    <Dialog title={t('shareOf', { name: folder.name })} close={close}>
      <AddShare known={shares ?? []} add={(id) => grant(id, 'read')} />
      {shares?.length === 0 ? <p class="hint">{t('notShared')}</p> : null}
      <ul class="shares">
        {(shares ?? []).map((share) => (
          <li key={share.id}>
            <span class="who">
              {share.name ?? share.id}
              {share.kind === 'group' ? <small> {t('group')}</small> : null}
            </span>
            <select
              aria-label={t('rightOf', { name: share.name ?? share.id })}
              value={share.right}
              onChange={({ currentTarget }) => grant(share.id, currentTarget.value as Share['right'])}
            >
              {shareRights.map((right) => (
                <option key={right} value={right}>
                  {rightText(right)}
                </option>
              ))}
            </select>
            <button type="button" class="icon-button" onClick={() => revoke(share)}>
              <Icon name="close" label={t('unshare', { name: share.name ?? share.id })} />
            </button>
            <small class="hint">{rightHint(share.right)}</small>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface AddShareProps {
  readonly known: readonly Share[];
  readonly add: (id: string) => void;
}

const pause = 200;

function AddShare({ known, add }: AddShareProps) {
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly Principal[]>([]);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const query = new URLSearchParams({ search });
      setFound((await api<{ principals: readonly Principal[] }>('GET', `principals?${query}`)).principals);
    };
    const timer = setTimeout(() => void ask().catch(tellFault), pause);
    return () => clearTimeout(timer);
  }, [search]);
  const others = found.filter(({ id }) => !known.some((share) => share.id === id));
  return (
    <>
      <Field label={t('addPeople')}>
        {(id) => (
          <input
            id={id}
            type="search"
            autocomplete="off"
            value={search}
            placeholder={t('nameOrAddress')}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </Field>
      <ul class="found" aria-live="polite">
        {others.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              onClick={() => {
                add(each.id);
                setSearch('');
              }}
            >
              <strong>{each.name}</strong> <span>{each.kind === 'group' ? t('group') : (each.address ?? each.id)}</span>
            </button>
          </li>
        ))}
        {search !== '' && found.length === 0 ? <li class="hint">{t('nobodyFound')}</li> : null}
      </ul>
    </>
  );
}
