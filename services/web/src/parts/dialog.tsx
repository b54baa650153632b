import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text/t.js';
import { openDialogs } from '../state/open-dialogs.js';
import { Icon } from './icon.js';
import { Notices } from './notices.js';

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}

/**
 * A modal dialog: the browser's own, which keeps the focus within, closes on Escape and gives the focus back. What the
 * page tells meanwhile is told within it.
 */
export function Dialog({ title, close, children, wide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  const leave = useRef(close);
  leave.current = close;
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    // By itself, a browser lets an Escape be refused only once: the next one would close what asks whether to.
    const follow = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || openDialogs.value.at(-1) !== id) return;
      event.preventDefault();
      leave.current();
    };
    dialog?.showModal();
    openDialogs.set([...openDialogs.value, id]);
    document.addEventListener('keydown', follow);
    return () => {
      document.removeEventListener('keydown', follow);
      openDialogs.set(openDialogs.value.filter((each) => each !== id));
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      class={wide ? 'wide' : ''}
      onCancel={(event) => {
        // The choice of a file within it is cancelled as well, and by the same event.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon-button" onClick={close}>
          <Icon name="close" label={t('close')} />
        </button>
      </div>
      <div class="dialog-body">{children}</div>
      <Notices of={id} />
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly run: () => void;
  readonly close: () => void;
}

export const Confirm = ({ title, text, action, run, close }: ConfirmProps) => (
  <Dialog title={title} close={close}>
    <p>{text}</p>
    <div class="actions">
      <button type="button" onClick={close}>
        {t('cancel')}
      </button>
      <button
        type="button"
        class="danger"
        onClick={() => {
          run();
          close();
        }}
      >
        {action}
      </button>
    </div>
  </Dialog>
);
