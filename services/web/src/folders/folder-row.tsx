import { useRef, useState } from 'preact/hooks';
import { changeFolder, deleteFolder } from '../api/dav.js';
import { api, pathOf } from '../api/request.js';
import type { Folder, Session, TrashEntry } from '../api/types.js';
import { Confirm } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Menu, type MenuItem } from '../parts/menu.js';
import { hiddenFolders, showFolder } from '../state/hidden-folders.js';
import { contentChanged, folders, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { EditFolder } from './edit-folder.js';
import { besides, colorOf, isOwn, mayAdd, mayAdminister, rearranged } from './folder-tree.js';
import { ImportDialog } from './import-dialog.js';
import { PropertiesDialog } from './properties-dialog.js';
import { ShareDialog } from './share-dialog.js';

type Open = 'properties' | 'share' | 'edit' | 'import' | 'delete' | null;

const longPress = 550;

/** One folder with its menu, which opens by its button, a right click, the menu key or a long press. */
export function FolderRow({ folder, session }: { readonly folder: Folder; readonly session: Session }) {
  const hidden = useStore(hiddenFolders);
  const [open, setOpen] = useState<Open>(null);
  const opener = useRef(() => {});
  const press = useRef(0);
  const close = () => setOpen(null);
  const begin = (event: PointerEvent) => {
    if (event.pointerType === 'touch') press.current = window.setTimeout(() => opener.current(), longPress);
  };
  const end = () => clearTimeout(press.current);
  return (
    <>
      <div
        class="folder-row"
        onContextMenu={(event) => {
          event.preventDefault();
          opener.current();
        }}
        onPointerDown={begin}
        onPointerUp={end}
        onPointerMove={end}
        onPointerCancel={end}
      >
        <label>
          <input
            type="checkbox"
            checked={!hidden.has(folder.href)}
            style={{ accentColor: colorOf(folder) }}
            onChange={(event) => showFolder(folder.href, event.currentTarget.checked)}
          />
          <span class="name">{folder.name}</span>
        </label>
        <Menu
          label={t('menuOf', { name: folder.name })}
          button={<Icon name="more" />}
          opener={opener}
          items={items(folder, setOpen)}
        />
      </div>
      {open === 'properties' ? <PropertiesDialog folder={folder} session={session} close={close} /> : null}
      {open === 'share' ? <ShareDialog folder={folder} close={close} /> : null}
      {open === 'edit' ? <EditFolder folder={folder} session={session} close={close} /> : null}
      {open === 'import' ? <ImportDialog folder={folder} close={close} /> : null}
      {open === 'delete' ? (
        <Confirm
          title={t('deleteFolder')}
          text={t('deleteFolderText', { name: folder.name, count: folder.members })}
          action={t('delete')}
          run={() => void remove(folder).catch(tellFault)}
          close={close}
        />
      ) : null}
    </>
  );
}

function items(folder: Folder, open: (what: Open) => void): readonly MenuItem[] {
  const list: (MenuItem | null)[] = [
    { label: t('properties'), run: () => open('properties') },
    mayAdminister(folder) ? { label: t('share'), run: () => open('share') } : null,
    { label: t('editFolder'), run: () => open('edit') },
    ...moves(folder),
    { label: t('export'), run: () => download(folder) },
    mayAdd(folder) ? { label: t('import'), run: () => open('import') } : null,
    isOwn(folder) && folder.role === null ? { label: t('delete'), run: () => open('delete'), isDanger: true } : null,
  ];
  return list.filter((item) => item !== null);
}

/** Up and down among those that it stands with. */
function moves(folder: Folder): readonly MenuItem[] {
  const among = besides(folders.value, folder);
  const move = (by: 1 | -1) => () => void arrange(rearranged(among, folder, by)).catch(tellFault);
  const at = among.findIndex(({ href }) => href === folder.href);
  return [
    ...(at > 0 ? [{ label: t('moveUp'), run: move(-1) }] : []),
    ...(at < among.length - 1 ? [{ label: t('moveDown'), run: move(1) }] : []),
  ];
}

async function arrange(orders: ReadonlyMap<Folder, number>): Promise<void> {
  const all = [...orders];
  await Promise.all(all.map(([{ href }, order]) => changeFolder(href, { order })));
  contentChanged();
  const undo = () => Promise.all(all.map(([{ href, order }]) => changeFolder(href, { order })));
  tell({ text: t('saved'), undo });
}

/** The folder's GET is the whole calendar as one file. */
function download({ href, name }: Folder): void {
  const link = Object.assign(document.createElement('a'), { href, download: `${name}.ics` });
  link.click();
}

async function remove(folder: Folder): Promise<void> {
  await deleteFolder(folder.href);
  contentChanged();
  tell({ text: t('movedToTrash', { name: folder.name }), undo: () => restore(folder) });
}

async function restore(folder: Folder): Promise<void> {
  const { trash } = await api<{ trash: readonly TrashEntry[] }>('GET', 'trash');
  const entry = trash.find(({ href }) => href === folder.href);
  if (entry !== undefined) await api('POST', `trash/${pathOf(entry.id)}/restore`);
}
