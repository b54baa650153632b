import { useState } from 'preact/hooks';
import { t } from '../text/t.js';
import { Field } from './field.js';
import { Icon } from './icon.js';

interface ListFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email';
  readonly entries: readonly { readonly name: string; readonly note?: string }[];
  readonly add: (text: string) => void;
  readonly remove: (index: number) => void;
  readonly suggest?: (text: string) => void;
  /** What is offered while one types. */
  readonly suggestions?: readonly { readonly value: string; readonly name: string }[];
}

/** Several texts: each is added by Enter or a comma, and goes by its button. */
export function ListField({ label, type = 'text', entries, add, remove, suggest, ...more }: ListFieldProps) {
  const [text, setText] = useState('');
  const { hint = t('listHint'), suggestions = [] } = more;
  const take = (input: HTMLInputElement): void => {
    if (text.trim() === '' || !input.checkValidity()) return;
    add(text.trim());
    setText('');
  };
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <div class="list-field">
          {entries.map(({ name, note }, index) => (
            <span class="chip" key={name}>
              <span>
                {name}
                {note === undefined ? null : <small> {note}</small>}
              </span>
              <button type="button" class="icon-button" onClick={() => remove(index)}>
                <Icon name="close" label={t('removeOf', { name })} />
              </button>
            </span>
          ))}
          <input
            {...{ id, type, value: text, 'aria-describedby': hintId }}
            list={suggestions.length === 0 ? undefined : `${id}-offered`}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              setText(currentTarget.value);
              suggest?.(currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== ',' && (event.key !== 'Enter' || text.trim() === '')) return;
              event.preventDefault();
              take(event.currentTarget);
              if (text.trim() !== '') event.currentTarget.reportValidity();
            }}
            onBlur={({ currentTarget }) => take(currentTarget)}
          />
          <datalist id={`${id}-offered`}>
            {suggestions.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
