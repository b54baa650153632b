import { deleteText, putText, readText } from './dav.js';
import { api, pathOf } from './request.js';
import type { Details, ObjectRef, ReadObject } from './types.js';

export type Scope = 'this' | 'future' | 'all';

export interface Occurrence {
  readonly recurrenceId: string | null;
  readonly scope: Scope;
}

/** What brings back how it was. */
export type Undo = () => Promise<unknown>;

type Changed = ObjectRef & { readonly later: ObjectRef | null };

const at = ({ home, segment, name }: ObjectRef): string => `objects/${pathOf(home, segment, name)}`;

function query({ recurrenceId, scope }: Occurrence): string {
  const words = new URLSearchParams({ scope });
  if (recurrenceId !== null) words.set('recurrence-id', recurrenceId);
  return `?${words}`;
}

export const readObject = (ref: ObjectRef, recurrenceId: string | null): Promise<ReadObject> =>
  api('GET', at(ref) + (recurrenceId === null ? '' : `?${new URLSearchParams({ 'recurrence-id': recurrenceId })}`));

export async function createObject(
  folder: { readonly home: string; readonly segment: string },
  component: 'VEVENT' | 'VTODO',
  details: Partial<Details>,
): Promise<Undo> {
  const json = { component, ...details };
  const { href, etag } = await api<ObjectRef>('POST', `objects/${pathOf(folder.home, folder.segment)}`, { json });
  return () => deleteText(href, etag);
}

/** @throws Refused with 412 when somebody else has changed it meanwhile */
export async function changeObject(ref: ObjectRef, changes: Partial<Details>, which: Occurrence): Promise<Undo> {
  const before = await readText(ref.href);
  const options = { json: changes, headers: { 'If-Match': ref.etag } };
  const { href, etag, later } = await api<Changed>('PATCH', at(ref) + query(which), options);
  return async () => {
    await putText(href, before, { etag });
    if (later !== null) await deleteText(later.href, later.etag);
  };
}

/** @throws Refused with 412 when somebody else has changed it meanwhile */
export async function deleteObject(ref: ObjectRef, which: Occurrence): Promise<Undo> {
  const before = await readText(ref.href);
  const options = { headers: { 'If-Match': ref.etag } };
  const changed = await api<Changed | null>('DELETE', at(ref) + query(which), options);
  return () => putText(ref.href, before, { etag: changed?.etag ?? null });
}
