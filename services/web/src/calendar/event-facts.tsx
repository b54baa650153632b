import type { ReadObject } from '../api/types.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';

/** An appointment that one may look at, but not change; of a private one there is nothing but its time (V4). */
export function EventFacts({ details }: { readonly details: ReadObject }) {
  const { title, start, end, location, description, masked } = details;
  const rows = [
    [t('start'), start === null ? '' : formatLocal(start.local)],
    [t('end'), end === null ? '' : formatLocal(end.local)],
    [t('location'), location],
    [t('description'), description],
  ].filter(([, value]) => value !== '');
  return (
    <>
      <p class="event-title">{masked ? t('busy') : title}</p>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{masked ? t('maskedHint') : t('readOnlyHint')}</p>
    </>
  );
}
