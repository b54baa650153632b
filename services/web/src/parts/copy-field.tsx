import { useState } from 'preact/hooks';
import { t } from '../text/t.js';
import { Field } from './field.js';

/** A value to be taken along: selected when it is touched, copied by a button. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Field label={label}>
      {(id) => (
        <div class="copy">
          <input id={id} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
          <button type="button" aria-label={`${t(isCopied ? 'copied' : 'copy')}: ${label}`} onClick={() => void copy()}>
            {isCopied ? t('copied') : t('copy')}
          </button>
        </div>
      )}
    </Field>
  );
}
