import { useState } from 'preact/hooks';
import { splitFile } from './split-file.js';
import { deleteText } from '../api/dav.js';
import { api, pathOf } from '../api/request.js';
import type { Folder } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { contentChanged, tell, tellFault } from '../state/stores.js';
import { codeText } from '../text/fault-text.js';
import { t } from '../text/t.js';

interface Refusal {
  readonly uid: string;
  readonly reason: string;
  readonly code: string | null;
}

/** What is wrong with an entry itself only the service's own words say. */
const refusalText = ({ uid, reason, code }: Refusal): string =>
  `${uid}: ${code === 'valid-calendar-data' ? reason : codeText(code, reason)}`;

interface Imported {
  readonly imported: number;
  readonly refused: number;
  readonly examples: readonly Refusal[];
  /** The ETag is null where it was not told. */
  readonly made: readonly { readonly href: string; readonly etag: string | null }[];
}

/** So many requests are under way at the same time. */
const lanes = 6;

/** What somebody has changed since stays. */
async function takeOut(made: Imported['made']): Promise<void> {
  const rest = made.values();
  const lane = async (): Promise<void> => {
    for (const { href, etag } of rest) await deleteText(href, etag);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Brings the appointments and tasks of a file into a folder, part by part, so that one sees how far it is. */
export function ImportDialog({ folder, close }: { readonly folder: Folder; readonly close: () => void }) {
  const [progress, setProgress] = useState<number | null>(null);
  const [result, setResult] = useState<Imported | null>(null);
  const run = async (file: File): Promise<void> => {
    const parts = splitFile(await file.text());
    let sum: Imported = { imported: 0, refused: 0, examples: [], made: [] };
    setResult(null);
    try {
      for (const [index, text] of parts.entries()) {
        setProgress(index / parts.length);
        const path = `folders/${pathOf(folder.home, folder.segment)}/import`;
        const more = await api<Imported>('POST', path, { text, type: 'text/calendar; charset=utf-8' });
        const examples = [...sum.examples, ...more.examples].slice(0, 5);
        const [imported, refused] = [sum.imported + more.imported, sum.refused + more.refused];
        sum = { imported, refused, examples, made: [...sum.made, ...more.made] };
        setResult(sum);
      }
    } finally {
      // What came before a fault is there all the same.
      setProgress(null);
      contentChanged();
      if (sum.imported > 0) tell({ text: t('imported', { count: sum.imported }), undo: () => takeOut(sum.made) });
    }
  };
  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    run(file).catch(tellFault);
  };
  return (
    <Dialog title={t('importInto', { name: folder.name })} close={close}>
      <Field label={t('icsFile')} hint={t('importHint')}>
        {(id, hint) => (
          <input
            id={id}
            type="file"
            accept=".ics,text/calendar"
            aria-describedby={hint}
            disabled={progress !== null}
            onClick={({ currentTarget }) => {
              // The same file can be chosen again.
              currentTarget.value = '';
            }}
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      {progress === null ? null : <progress aria-label={t('import')} max={1} value={progress} />}
      <div role="status">
        {result === null || progress !== null ? null : (
          <>
            <p>{t('importDone', { imported: result.imported, refused: result.refused })}</p>
            <ul>
              {result.examples.map((refusal, index) => (
                <li key={index}>{refusalText(refusal)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
