import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/request.js';
import type { Folder, Found } from '../api/types.js';
import { colorOf } from '../folders/folder-tree.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { Icon } from '../parts/icon.js';
import { openFound } from '../state/opening.js';
import { folders as folderStore, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone } from '../state/zone.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';

interface Answer {
  /** What was asked for. */
  readonly text: string;
  readonly items: readonly Found[];
  readonly more: boolean;
}

/** Milliseconds without a key before the server is asked. */
const pause = 250;
const limit = 50;

/** What the server finds for the text that stays for a moment; till then, what it found before. Null for no text. */
function useFound(text: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (text === '') return setAnswer(null);
    let isLate = false;
    const ask = async (): Promise<void> => {
      const query = new URLSearchParams({ text, limit: String(limit), zone: zone.value });
      const found = await api<Omit<Answer, 'text'>>('GET', `search?${query}`);
      if (!isLate) setAnswer({ ...found, text });
    };
    const timer = setTimeout(() => void ask().catch(tellFault), pause);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [text]);
  return answer;
}

/** Finds appointments and tasks in all folders that one sees, and opens them. */
export function SearchDialog({ close }: { readonly close: () => void }) {
  const [text, setText] = useState('');
  const answer = useFound(text.trim());
  const folders = useStore(folderStore);
  const box = useRef<HTMLDivElement>(null);
  const folderOf = ({ home, segment }: Found) =>
    folders.find((folder) => folder.home === home && folder.segment === segment);
  const open = (found: Found): void => {
    close();
    openFound(found);
  };
  const first = answer?.text === text.trim() ? answer.items[0] : undefined;
  return (
    <Dialog title={t('search')} close={close} wide>
      <div ref={box} class="search-box" onKeyDown={(event) => moveFocus(event, box.current)}>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            if (first !== undefined) open(first);
          }}
        >
          <Field label={t('searchAll')}>
            {(id) => (
              <input
                {...{ id, type: 'search', autocomplete: 'off', value: text, maxLength: 200 }}
                autofocus
                onInput={({ currentTarget }) => setText(currentTarget.value)}
              />
            )}
          </Field>
        </form>
        <p class="hint" role="status">
          {answer === null ? '' : countText(answer)}
        </p>
        <ul class="found">
          {(answer?.items ?? []).map((found) => (
            <li key={`${found.href}#${found.recurrenceId ?? ''}`}>
              <FoundRow found={found} folder={folderOf(found)} open={() => open(found)} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function countText({ items, more }: Answer): string {
  if (items.length === 0) return t('nothingFound');
  return t(more ? 'moreFound' : 'foundCount', { count: items.length });
}

interface FoundRowProps {
  readonly found: Found;
  readonly folder: Folder | undefined;
  readonly open: () => void;
}

function FoundRow({ found: { title, start, end, location, component }, folder, open }: FoundRowProps) {
  const when = component === 'VTODO' ? (end ?? start) : start;
  const facts = [when === null ? '' : formatLocal(when), location, folder?.name ?? ''].filter((each) => each !== '');
  return (
    <button type="button" onClick={open}>
      <span class="mark" style={folder === undefined ? {} : { color: colorOf(folder) }}>
        <Icon name={component === 'VTODO' ? 'tasks' : 'calendar'} />
      </span>
      <span class="who">
        <strong>{title === '' ? t('untitled') : title}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
    </button>
  );
}

/** Arrows walk from the field through what was found. */
function moveFocus(event: KeyboardEvent, box: HTMLElement | null): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || box === null) return;
  const stops = [...box.querySelectorAll<HTMLElement>('input, .found button')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + by))]?.focus();
  event.preventDefault();
}
