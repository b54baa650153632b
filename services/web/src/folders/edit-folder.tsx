import { useState } from 'preact/hooks';
import { changeFolder, makeFolder } from '../api/dav.js';
import type { Folder, Session } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { folders as store, contentChanged, tellFault } from '../state/stores.js';
import { t } from '../text/t.js';
import { colorOf, isCalendar, isOwn, possibleParents } from './folder-tree.js';

interface EditFolderProps {
  /** Null: a new one. */
  readonly folder: Folder | null;
  readonly session: Session;
  readonly close: () => void;
}

/** Makes a folder, or changes its name, colour and place; on a shared one for oneself alone. */
export function EditFolder({ folder, session, close }: EditFolderProps) {
  const [isBusy, setBusy] = useState(false);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      await saved(folder, session, form);
      close();
      contentChanged();
    } catch (fault) {
      tellFault(fault);
      setBusy(false);
    }
  };
  return (
    <Dialog title={folder === null ? t('newFolder') : t('editFolder')} close={close}>
      <form onSubmit={(event) => void save(event)}>
        <Field label={t('name')}>
          {(id) => <input id={id} name="name" required maxLength={200} value={folder?.name ?? ''} autofocus />}
        </Field>
        {folder === null ? <KindField /> : null}
        <Field label={t('color')}>
          {(id) => <input id={id} name="color" type="color" value={folder === null ? '#2f6fb3' : colorOf(folder)} />}
        </Field>
        {folder === null || isOwn(folder) ? <ParentField folder={folder} /> : null}
        {folder !== null && !isOwn(folder) ? <p class="hint">{t('onlyForYou')}</p> : null}
        <div class="actions">
          <button type="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" class="primary" disabled={isBusy}>
            {t('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const KindField = () => (
  <Field label={t('kind')}>
    {(id) => (
      <select id={id} name="kind">
        <option value="VEVENT">{t('forEvents')}</option>
        <option value="VTODO">{t('forTasks')}</option>
      </select>
    )}
  </Field>
);

function ParentField({ folder }: { readonly folder: Folder | null }) {
  const own = store.value.filter(isOwn);
  const possible = folder === null ? own : possibleParents(own, folder);
  if (folder?.role != null) return null;
  const chosen = own.find(({ segment }) => segment === folder?.parent)?.href ?? '';
  return (
    <Field label={t('below')}>
      {(id) => (
        <select id={id} name="parent" value={chosen}>
          {folder === null ? <option value="">{t('defaultPlace')}</option> : null}
          {possible.map(({ href, name, ...other }) => (
            <option key={href} value={href}>
              {name} {isCalendar({ ...other, href, name }) ? '' : `(${t('tasks')})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

async function saved(folder: Folder | null, session: Session, form: FormData): Promise<void> {
  const parent = String(form.get('parent') ?? '');
  const changes = {
    ...{ name: String(form.get('name')).trim(), color: String(form.get('color')) },
    ...(parent === '' ? {} : { parent }),
  };
  if (folder === null) {
    const href = await makeFolder(session.home, String(form.get('kind')), { name: changes.name, color: changes.color });
    if (parent !== '') await changeFolder(href, { parent });
  } else await changeFolder(folder.href, changes);
}
