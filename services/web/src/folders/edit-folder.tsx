import { useState } from 'preact/hooks';
import { changeFolder, deleteFolder, type FolderChanges, makeFolder } from '../api/dav.js';
import type { Folder, Session } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { FormActions } from '../parts/form-actions.js';
import { folders as store, contentChanged, tell, tellFault } from '../state/stores.js';
import { t } from '../text/t.js';
import { colorOf, isCalendar, isOwn, possibleParents } from './folder-tree.js';

interface EditFolderProps {
  /** Null: a new one. */
  readonly folder: Folder | null;
  readonly session: Session;
  readonly close: () => void;
}

interface FolderForm {
  readonly name: string;
  readonly color: string;
  readonly kind: string;
  /** URL of the folder above; empty for the usual place, and where that is not to be changed. */
  readonly parent: string;
}

const placeOf = (folder: Folder): string | null =>
  store.value.find((each) => isOwn(each) && each.segment === folder.parent)?.href ?? null;

const formOf = (folder: Folder | null): FolderForm => ({
  name: folder?.name ?? '',
  color: folder === null ? '#2f6fb3' : colorOf(folder),
  kind: 'VEVENT',
  parent: folder === null ? '' : (placeOf(folder) ?? ''),
});

/** Makes a folder, or changes its name, colour and place; on a shared one for oneself alone. */
export function EditFolder({ folder, session, close }: EditFolderProps) {
  const [form, setForm] = useState(() => formOf(folder));
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
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
  const change = (changes: Partial<FolderForm>) => setForm({ ...form, ...changes });
  return (
    <Dialog title={folder === null ? t('newFolder') : t('editFolder')} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FormFields folder={folder} form={form} change={change} />
        {folder !== null && !isOwn(folder) ? <p class="hint">{t('onlyForYou')}</p> : null}
        <FormActions close={close} isBusy={isBusy} />
      </form>
    </Dialog>
  );
}

interface FormFieldsProps {
  readonly folder: Folder | null;
  readonly form: FolderForm;
  readonly change: (changes: Partial<FolderForm>) => void;
}

const FormFields = ({ folder, form, change }: FormFieldsProps) => (
  <>
    <Field label={t('name')}>
      {(id) => (
        <input
          {...{ id, value: form.name, required: true, maxLength: 200, autofocus: true }}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      )}
    </Field>
    {folder === null ? (
      <Field label={t('kind')}>
        {(id) => (
          <select id={id} value={form.kind} onChange={({ currentTarget }) => change({ kind: currentTarget.value })}>
            <option value="VEVENT">{t('forEvents')}</option>
            <option value="VTODO">{t('forTasks')}</option>
          </select>
        )}
      </Field>
    ) : null}
    <Field label={t('color')}>
      {(id) => (
        <input
          {...{ id, type: 'color', value: form.color }}
          onInput={({ currentTarget }) => change({ color: currentTarget.value })}
        />
      )}
    </Field>
    {folder === null || isOwn(folder) ? (
      <ParentField folder={folder} parent={form.parent} choose={(parent) => change({ parent })} />
    ) : null}
  </>
);

interface ParentFieldProps {
  readonly folder: Folder | null;
  readonly parent: string;
  readonly choose: (parent: string) => void;
}

function ParentField({ folder, parent, choose }: ParentFieldProps) {
  const own = store.value.filter(isOwn);
  const possible = folder === null ? own : possibleParents(own, folder);
  if (folder?.role != null) return null;
  return (
    <Field label={t('below')}>
      {(id) => (
        <select id={id} value={parent} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {folder === null ? <option value="">{t('defaultPlace')}</option> : null}
          {possible.map((each) => (
            <option key={each.href} value={each.href}>
              {each.name} {isCalendar(each) ? '' : `(${t('tasks')})`}
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
  form: FolderForm,
): Promise<(() => Promise<unknown>) | null> {
  const { color, kind, parent } = form;
  const name = form.name.trim();
  if (folder === null) {
    const href = await makeFolder(session.home, kind, { name, color });
    if (parent !== '') await changeFolder(href, { parent });
    return () => deleteFolder(href);
  }
  const above = placeOf(folder);
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
