import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.js';
import { t } from '../text/t.js';
import { SearchDialog } from './search-dialog.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable]') !== null;

/** Opens the search; so does the key `/`. */
export function SearchButton() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const follow = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', follow);
    return () => document.removeEventListener('keydown', follow);
  }, []);
  return (
    <>
      <button type="button" class="search-button" aria-keyshortcuts="/" onClick={() => setOpen(true)}>
        <Icon name="search" />
        <span>{t('search')}</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      {isOpen ? <SearchDialog close={() => setOpen(false)} /> : null}
    </>
  );
}
