import { useEffect, useState } from 'preact/hooks';
import { readObject } from '../api/objects.js';
import type { ObjectRef, ReadObject } from '../api/types.js';
import { tellFault } from '../state/stores.js';
import { zone as zoneStore } from '../state/zone.js';
import { type EventForm, formOf, newForm } from './event-form.js';

export type EditorTarget =
  | { readonly kind: 'new'; readonly start: string; readonly end: string }
  | { readonly kind: 'open'; readonly event: ObjectRef & { readonly recurrenceId: string | null } };

export interface Opened {
  /** Null for one that is not there yet. */
  readonly read: ReadObject | null;
  /** The form as it was opened; null until it is read. */
  readonly opened: EventForm | null;
  readonly form: EventForm | null;
  readonly setForm: (form: EventForm) => void;
  /** Begins anew with what is there. */
  readonly show: (found: ReadObject) => void;
  /** The form was kept as it is; what else there is to know of it comes from what was found. */
  readonly stored: (found: ReadObject) => void;
}

/** What an editor is of: something new, or what is read first. @param close where it cannot be read */
export function useOpened(target: EditorTarget, close: () => void): Opened {
  const [read, setRead] = useState<ReadObject | null>(null);
  const [opened, setOpened] = useState(() =>
    target.kind === 'new' ? newForm(target.start, target.end, zoneStore.value) : null,
  );
  const [form, setForm] = useState(opened);
  const show = (found: ReadObject): void => {
    const next = formOf(found, zoneStore.value);
    setRead(found);
    setOpened(next);
    setForm(next);
  };
  const stored = (found: ReadObject): void => {
    if (read === null) return show(found);
    const { home, segment, name, href, etag, attachments } = found;
    setRead({ ...read, home, segment, name, href, etag, attachments });
    setOpened(form);
  };
  useEffect(() => {
    if (target.kind === 'new') return;
    readObject(target.event, target.event.recurrenceId).then(show, (fault: unknown) => {
      tellFault(fault);
      close();
    });
  }, [target]);
  return { read, opened, form, setForm, show, stored };
}
