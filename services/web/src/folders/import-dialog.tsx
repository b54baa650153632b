import { useState } from 'preact/hooks';
import { splitFile } from './split-file.js';
import { api, pathOf } from '../api/request.js';
import type { Folder } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { contentChanged, tellFault } from '../state/stores.js';
import { t } from '../text/t.js';

interface Imported {
  readonly imported: number;
  readonly refused: number;
  readonly examples: readonly { readonly reason: string }[];
}

/** Brings the appointments and tasks of a file into a folder, part by part, so that one sees how far it is. */
export function ImportDialog({ folder, close }: { readonly folder: Folder; readonly close: () => void }) {
  const [progress, setProgress] = useState<number | null>(null);
  const [result, setResult] = useState<Imported | null>(null);
  const run = async (file: File): Promise<void> => {
    const parts = splitFile(await file.text());
    let sum: Imported = { imported: 0, refused: 0, examples: [] };
    setResult(null);
    try {
      for (const [index, text] of parts.entries()) {
        setProgress(index / parts.length);
        const path = `folders/${pathOf(folder.home, folder.segment)}/import`;
        const more = await api<Imported>('POST', path, { text, type: 'text/calendar; charset=utf-8' });
        const examples = [...sum.examples, ...more.examples].slice(0, 5);
        sum = { imported: sum.imported + more.imported, refused: sum.refused + more.refused, examples };
        setResult(sum);
      }
    } finally {
      // What came before a fault is there all the same.
      setProgress(null);
      contentChanged();
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
              {result.examples.map(({ reason }, index) => (
                <li key={index}>{reason}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
