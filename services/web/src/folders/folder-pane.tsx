import { useState } from 'preact/hooks';
import type { Session } from '../api/types.js';
import { Icon } from '../parts/icon.js';
import { folders as store } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { EditFolder } from './edit-folder.js';
import { FolderRow } from './folder-row.js';
import { folderTree, isOwn, sharedFolders, type TreeNode } from './folder-tree.js';
import { TrashDialog } from './trash-dialog.js';

/** The folder tree: one's own, and what others share. */
export function FolderPane({ session }: { readonly session: Session }) {
  const folders = useStore(store);
  const [dialog, setDialog] = useState<'new' | 'trash' | null>(null);
  const others = sharedFolders(folders);
  return (
    <div class="folder-pane">
      <Section title={t('myFolders')}>
        <Branch nodes={folderTree(folders.filter(isOwn))} session={session} />
      </Section>
      {others.length === 0 ? null : (
        <Section title={t('sharedWithMe')}>
          <Branch nodes={others.map((folder) => ({ folder, children: [] }))} session={session} />
        </Section>
      )}
      <div class="pane-actions">
        <button type="button" class="quiet" onClick={() => setDialog('new')}>
          <Icon name="plus" />
          {t('newFolder')}
        </button>
        <button type="button" class="quiet" onClick={() => setDialog('trash')}>
          <Icon name="trash" />
          {t('trash')}
        </button>
      </div>
      {dialog === 'new' ? <EditFolder session={session} folder={null} close={() => setDialog(null)} /> : null}
      {dialog === 'trash' ? <TrashDialog close={() => setDialog(null)} /> : null}
    </div>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: preact.ComponentChildren }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
);

interface BranchProps {
  readonly nodes: readonly TreeNode[];
  readonly session: Session;
}

const Branch = ({ nodes, session }: BranchProps) => (
  <ul class="branch">
    {nodes.map(({ folder, children }) => (
      <li key={folder.href}>
        <FolderRow folder={folder} session={session} />
        {children.length === 0 ? null : <Branch nodes={children} session={session} />}
      </li>
    ))}
  </ul>
);
