import { useEffect, useState } from 'preact/hooks';
import { type Change, changeObject, type Occurrence, readObject } from '../api/objects.js';
import type { Details, ObjectRef, Participant, ReadObject } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { contentChanged, tell, tellFault } from '../state/stores.js';
import { zone } from '../state/zone.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';
import { nameOf } from './participant-fields.js';
import { readFrom } from './wall-time.js';

export interface Conflict {
  readonly ref: ObjectRef;
  readonly which: Occurrence;
  readonly mine: Partial<Details>;
  /** How it was when the change was begun. */
  readonly before: Partial<Details>;
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
  attendees: 'participants',
} as const satisfies Readonly<Record<keyof Details, string>>;

interface ConflictDialogProps {
  readonly conflict: Conflict;
  /** Given what was kept; without it, that is told. */
  readonly kept?: (change: Change) => Promise<void>;
  /** The other version stays. */
  readonly left?: (theirs: ReadObject) => void;
  readonly close: () => void;
}

const tellSaved = async ({ undo }: Change): Promise<void> => tell({ text: t('saved'), undo });

/** Somebody else was quicker: both versions are shown, and nothing is overwritten unasked. */
export function ConflictDialog({ conflict, kept = tellSaved, left, close }: ConflictDialogProps) {
  const { ref, which, mine, before } = conflict;
  const [theirs, setTheirs] = useState<ReadObject | null>(null);
  useEffect(() => {
    readObject(ref, which.recurrenceId).then(setTheirs, (fault: unknown) => {
      tellFault(fault);
      close();
    });
  }, [ref.href]);
  if (theirs === null) return null;
  const yours: Partial<Details> = { ...before, ...mine };
  const names = (Object.keys(labels) as (keyof Details)[]).filter((name) => show(yours[name]) !== show(theirs[name]));
  const others = names.filter((name) => mine[name] === undefined);
  const keepMine = async (): Promise<void> => {
    try {
      await kept(await changeObject(theirs, mine, which));
    } catch (fault) {
      tellFault(fault);
    }
    contentChanged();
    close();
  };
  const keepTheirs = (): void => {
    left?.(theirs);
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
              <td>{show(yours[name])}</td>
              <td>{show(theirs[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {others.length === 0 ? null : (
        <p class="hint">{t('othersStay', { fields: others.map((name) => t(labels[name])).join(', ') })}</p>
      )}
      <div class="actions">
        <button type="button" onClick={keepTheirs}>
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
  if (Array.isArray(value)) return value.map(entryText).join(', ') || '–';
  if (typeof value === 'object' && 'local' in value) return formatLocal(readFrom(zone.value, value));
  return String(value) || '–';
}

const entryText = (entry: string | number | Participant): string =>
  typeof entry === 'object' ? nameOf(entry) : String(entry);
