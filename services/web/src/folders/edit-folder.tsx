import { useState } from 'preact/hooks';
import { changeFolder, deleteFolder, type FolderChanges, makeFolder } from '../api/dav.js';
import type { Folder, Session } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { folders as store, contentChanged, tell, tellFault } from '../state/stores.js';
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
      const undo = await saved(folder, session, form);
      if (undo !== null) tell({ text: t(folder === null ? 'created' : 'saved'), undo });
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

/** @returns the way back; null where nothing was changed */
async function saved(
  folder: Folder | null,
  session: Session,
  form: FormData,
): Promise<(() => Promise<unknown>) | null> {
  const [name = '', color = '', parent = ''] = ['name', 'color', 'parent'].map((field) =>
    String(form.get(field) ?? '').trim(),
  );
  if (folder === null) {
    const href = await makeFolder(session.home, String(form.get('kind')), { name, color });
    if (parent !== '') await changeFolder(href, { parent });
    return () => deleteFolder(href);
  }
  const above = store.value.find((each) => isOwn(each) && each.segment === folder.parent)?.href ?? null;
  const isSame = {
    name: name === folder.name,
    color: color === colorOf(folder),
    parent: parent === '' || parent === above,
  };
  if (isSame.name && isSame.color && isSame.parent) return null;
  const changed = (values: Required<FolderChanges>): FolderChanges =>
    Object.fromEntries(Object.entries(values).filter(([field]) => !isSame[field as keyof FolderChanges]));
  await changeFolder(folder.href, changed({ name, color, parent }));
  return () => changeFolder(folder.href, changed({ name: folder.name, color: folder.color, parent: above }));
}
