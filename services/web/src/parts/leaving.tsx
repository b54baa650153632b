import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../text/t.js';
import { Confirm } from './dialog.js';

interface Leaving {
  /** Closes at once, or asks before where something would be lost. */
  readonly leave: () => void;
  readonly question: ComponentChildren;
}

/** What is typed is not lost unasked, neither with its dialog nor with the whole page. */
export function useLeaving(isTouched: boolean, close: () => void): Leaving {
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (!isTouched) return undefined;
    // The browser asks in words of its own.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isTouched]);
  const question = isAsked ? (
    <Confirm
      {...{ title: t('discard'), text: t('discardText'), action: t('discard') }}
      run={close}
      close={() => setAsked(false)}
    />
  ) : null;
  return { leave: () => (isTouched ? setAsked(true) : close()), question };
}
