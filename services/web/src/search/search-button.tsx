import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.js';
import { searchKey } from '../state/search-key.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { SearchDialog } from './search-dialog.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable]') !== null;

const isPlainSlash = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key === '/' && !ctrlKey && !metaKey && !altKey;

/** Opens the search; so does the key `/`. */
export function SearchButton() {
  const [isOpen, setOpen] = useState(false);
  const hasKey = useStore(searchKey);
  useEffect(() => {
    const follow = (event: KeyboardEvent): void => {
      if (!searchKey.value || !isPlainSlash(event) || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', follow);
    return () => document.removeEventListener('keydown', follow);
  }, []);
  return (
    <>
      <button
        type="button"
        class="search-button"
        aria-keyshortcuts={hasKey ? '/' : undefined}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" />
        <span>{t('search')}</span>
        {hasKey ? <kbd aria-hidden="true">/</kbd> : null}
      </button>
      {isOpen ? <SearchDialog close={() => setOpen(false)} /> : null}
    </>
  );
}
