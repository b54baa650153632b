import { useEffect, useState } from 'preact/hooks';
import { changeObject, type Occurrence, readObject } from '../api/objects.js';
import type { Details, ObjectRef, ReadObject } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { contentChanged, tell, tellFault } from '../state/stores.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';

export interface Conflict {
  readonly ref: ObjectRef;
  readonly which: Occurrence;
  readonly mine: Partial<Details>;
}

const labels = {
  title: 'title',
  location: 'location',
  start: 'start',
  end: 'end',
  description: 'description',
  categories: 'categories',
  rule: 'repeat',
  status: 'status',
  priority: 'priority',
  percent: 'percent',
  reminders: 'reminders',
  isPrivate: 'private',
  isFree: 'free',
} as const satisfies Readonly<Record<keyof Details, string>>;

/** Somebody else was quicker: both versions are shown, and nothing is overwritten unasked. */
export function ConflictDialog({ conflict, close }: { readonly conflict: Conflict; readonly close: () => void }) {
  const { ref, which, mine } = conflict;
  const [theirs, setTheirs] = useState<ReadObject | null>(null);
  useEffect(() => {
    readObject(ref, which.recurrenceId).then(setTheirs, (fault: unknown) => {
      tellFault(fault);
      close();
    });
  }, [ref.href]);
  if (theirs === null) return null;
  const names = (Object.keys(labels) as (keyof Details)[]).filter(
    (name) => mine[name] !== undefined && show(mine[name]) !== show(theirs[name]),
  );
  const keepMine = async (): Promise<void> => {
    try {
      tell({ text: t('saved'), undo: await changeObject(theirs, mine, which) });
    } catch (fault) {
      tellFault(fault);
    }
    contentChanged();
    close();
  };
  return (
    <Dialog title={t('conflict')} close={close} wide>
      <p>{t('conflictText')}</p>
      <table class="versions">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('yourVersion')}</th>
            <th scope="col">{t('otherVersion')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{t(labels[name])}</th>
              <td>{show(mine[name])}</td>
              <td>{show(theirs[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="actions">
        <button type="button" onClick={close}>
          {t('keepOther')}
        </button>
        <button type="button" class="primary" onClick={() => void keepMine()}>
          {t('keepMine')}
        </button>
      </div>
    </Dialog>
  );
}

function show(value: Details[keyof Details] | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return value.join(', ') || '–';
  if (typeof value === 'object' && 'local' in value) return formatLocal(value.local);
  return String(value) || '–';
}
