import { useRef, useState } from 'preact/hooks';
import { t } from '../text/t.js';
import { Field } from './field.js';

/** A value to be taken along: selected when it is touched, copied by a button. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    if (!(await copyText(value, field.current))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Field label={label}>
      {(id) => (
        <div class="copy">
          <input id={id} ref={field} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
          <button type="button" aria-label={`${t(isCopied ? 'copied' : 'copy')}: ${label}`} onClick={() => void copy()}>
            {isCopied ? t('copied') : t('copy')}
          </button>
        </div>
      )}
    </Field>
  );
}

/** Without TLS, a browser gives a page no clipboard: what is selected is copied as by the keys, and stays selected. */
async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand('copy');
  }
}
