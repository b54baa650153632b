import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly isDanger?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly button: ComponentChildren;
  readonly items: readonly MenuItem[];
  readonly head?: ComponentChildren;
  /** Opened from elsewhere as well: by a right click, or a long press. */
  readonly opener?: RefObject<() => void>;
}

/** A button with a menu (WAI-ARIA menu button): arrows, Home and End move, Escape closes. */
export function Menu({ label, button, items, head, opener }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [isAbove, setAbove] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLButtonElement>(null);
  if (opener !== undefined) opener.current = () => setOpen(true);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const box = root.current?.getBoundingClientRect();
    setAbove(box !== undefined && box.bottom > innerHeight - 320 && box.top > 320);
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const leave = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    own.current?.focus();
  };
  return (
    <div class={`menu ${isAbove ? 'above' : ''}`} ref={root}>
      <button
        type="button"
        class="icon-button"
        ref={own}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen ? (
        <div class="menu-panel" onKeyDown={(event) => moveFocus(event, close)}>
          {head}
          <div role="menu" aria-label={label}>
            {items.map((item) => (
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                key={item.label}
                class={item.isDanger === true ? 'danger' : ''}
                onClick={() => {
                  close();
                  item.run();
                }}
              >
                {item.label}
              </button>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function moveFocus(event: KeyboardEvent, close: () => void): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape') close();
  else if (to === undefined) return;
  else items[(to + items.length) % items.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
