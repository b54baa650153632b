import { useEffect, useState } from 'preact/hooks';
import { api } from './api/request.js';
import type { Session } from './api/types.js';
import { CalendarPage } from './calendar/calendar-page.js';
import { DevicesPage } from './devices/devices-page.js';
import { FolderPane } from './folders/folder-pane.js';
import { Icon } from './parts/icon.js';
import { LanguageSwitch } from './parts/language-switch.js';
import { Menu } from './parts/menu.js';
import { undoByKey } from './parts/notices.js';
import { ZoneSelect } from './parts/zone-select.js';
import { SearchButton } from './search/search-button.js';
import { followChanges } from './state/live.js';
import { searchKey, setSearchKey } from './state/search-key.js';
import { useStore } from './state/store.js';
import { contentChanged, loadFolders, revision, session as store, tellFault } from './state/stores.js';
import { TasksPage } from './tasks/tasks-page.js';
import { t } from './text/t.js';

const pages = ['calendar', 'tasks', 'devices'] as const;
type Page = (typeof pages)[number];

const pageOfHash = (): Page => pages.find((page) => location.hash === `#${page}`) ?? 'calendar';

function usePage(): Page {
  const [page, setPage] = useState(pageOfHash);
  useEffect(() => {
    const follow = () => setPage(pageOfHash());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return page;
}

/** @param which of this browser, or `sessions`: those of all browsers */
async function signOut(which: 'session' | 'sessions'): Promise<void> {
  await api('DELETE', which);
  store.set(null);
}

/** The frame around all pages: where one is, the folders, and who one is. */
export function Shell({ session }: { readonly session: Session }) {
  const page = usePage();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const load = () => void loadFolders().catch(tellFault);
    load();
    const leave = revision.follow(load);
    const unfollow = followChanges();
    // What devices have changed meanwhile is there when one comes back to the page.
    const follow = () => {
      if (document.visibilityState !== 'visible') return;
      contentChanged();
    };
    document.addEventListener('visibilitychange', follow);
    document.addEventListener('keydown', undoByKey);
    return () => {
      leave();
      unfollow();
      document.removeEventListener('visibilitychange', follow);
      document.removeEventListener('keydown', undoByKey);
    };
  }, [session.id]);
  return (
    <div class={`shell ${isOpen ? 'drawer-open' : ''}`}>
      <header class="top">
        <button
          type="button"
          class="icon-button drawer-button"
          aria-expanded={isOpen}
          aria-controls="folders"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" label={t('folders')} />
        </button>
        <a class="brand" href="#calendar">
          <img src="/icon.svg" alt="" width="26" height="26" />
          <span>Almanac</span>
        </a>
        <nav aria-label={t('pages')}>
          {pages.map((each) => (
            <a key={each} href={`#${each}`} aria-current={each === page ? 'page' : undefined}>
              <Icon name={each} />
              <span>{t(each)}</span>
            </a>
          ))}
        </nav>
        <SearchButton />
        <AccountMenu session={session} />
      </header>
      <aside id="folders" aria-label={t('folders')}>
        <FolderPane session={session} />
      </aside>
      <button type="button" class="drawer-shade" aria-label={t('close')} onClick={() => setOpen(false)} />
      <main>
        {page === 'calendar' ? <CalendarPage session={session} /> : null}
        {page === 'tasks' ? <TasksPage session={session} /> : null}
        {page === 'devices' ? <DevicesPage session={session} /> : null}
      </main>
    </div>
  );
}

function AccountMenu({ session }: { readonly session: Session }) {
  const hasSearchKey = useStore(searchKey);
  return (
    <Menu
      label={t('account')}
      button={<span class="avatar">{session.name.slice(0, 1).toUpperCase()}</span>}
      head={
        <div class="menu-head">
          <strong>{session.name}</strong>
          <span>{session.login}</span>
          <LanguageSwitch />
          <ZoneSelect />
        </div>
      }
      items={[
        { label: t(hasSearchKey ? 'searchKeyOff' : 'searchKeyOn'), run: () => setSearchKey(!hasSearchKey) },
        { label: t('signOut'), run: () => void signOut('session').catch(tellFault) },
        { label: t('signOutEverywhere'), run: () => void signOut('sessions').catch(tellFault) },
      ]}
    />
  );
}
