import { useEffect } from 'preact/hooks';
import { openDialogs } from '../state/open-dialogs.js';
import {
  contentChanged,
  dismiss,
  holdNotices,
  type Notice,
  notices,
  releaseNotices,
  tell,
  tellFault,
} from '../state/stores.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { Icon } from './icon.js';

let turn = Promise.resolve();

/** One after the other: the second one begins with what the first has brought back. */
function takeBack({ id, undo }: Notice): void {
  dismiss(id);
  turn = turn
    .then(() => undo?.())
    .then(() => tell({ text: t('undone') }))
    .catch(tellFault)
    .then(contentChanged);
}

const typed = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select';

/** The newest change is taken back by the key that people know for it, but where they type: that is for what they typed. */
export function undoByKey(event: KeyboardEvent): void {
  const isKey = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
  const isTyping = event.target instanceof Element && event.target.closest(typed) !== null;
  if (!isKey || event.repeat || isTyping || openDialogs.value.length > 0) return;
  const newest = notices.value.findLast(({ undo }) => undo !== undefined);
  if (newest === undefined) return;
  event.preventDefault();
  takeBack(newest);
}

/**
 * What the page tells in passing; read out, and with a way back.
 * @param of the dialog that they stand in: the topmost one tells them, without any the page itself
 */
export function Notices({ of = null }: { readonly of?: string | null }) {
  const top = useStore(openDialogs).at(-1) ?? null;
  const all = useStore(notices);
  // A dialog can go under the pointer, which then leaves nothing.
  useEffect(() => releaseNotices, []);
  // The place is there before something is told, or it would not be read out.
  const shown = top === of ? all : [];
  return (
    <div
      {...{ class: 'notices', role: 'status', 'aria-live': 'polite' }}
      {...{ onMouseEnter: holdNotices, onMouseLeave: releaseNotices }}
      {...{ onFocusIn: holdNotices, onFocusOut: releaseNotices }}
    >
      {shown.map((notice) => (
        <div key={notice.id} class={`notice ${notice.isFault === true ? 'is-fault' : ''}`}>
          <span>{notice.text}</span>
          {notice.undo === undefined ? null : (
            <button type="button" class="quiet" aria-keyshortcuts="Control+Z" onClick={() => takeBack(notice)}>
              {t('undo')}
            </button>
          )}
          <button type="button" class="icon-button" onClick={() => dismiss(notice.id)}>
            <Icon name="close" label={t('close')} />
          </button>
        </div>
      ))}
    </div>
  );
}
