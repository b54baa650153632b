import { deleteText, moveText } from './dav.js';
import { newId } from './new-id.js';
import { OwnTags } from './own-tags.js';
import { api, base, pathOf, Refused, send } from './request.js';
import type { Details, Folder, ObjectRef, ReadObject } from './types.js';

export type Scope = 'this' | 'future' | 'all';

export interface Occurrence {
  readonly recurrenceId: string | null;
  readonly scope: Scope;
}

/** What brings back how it was. @param etag of what was made, where it was changed since */
export type Undo = (etag?: string) => Promise<unknown>;

/**
 * What was done: where the entry is now, of "this and following" the later part, and the way back. There is none from a
 * folder that one may put things into, but take nothing out of.
 */
export interface Change {
  readonly at: ObjectRef;
  readonly undo: Undo | undefined;
}

/** The way back from what has become of it since. */
export const undoFrom = ({ undo }: Change, etag: string): (() => Promise<unknown>) | undefined =>
  undo === undefined ? undefined : () => undo(etag);

type Changed = ObjectRef & { readonly later: ObjectRef | null };

type Path = Pick<ObjectRef, 'home' | 'segment' | 'name'>;

const at = ({ home, segment, name }: Path): string => `objects/${pathOf(home, segment, name)}`;

function query({ recurrenceId, scope }: Occurrence): string {
  const words = new URLSearchParams({ scope });
  if (recurrenceId !== null) words.set('recurrence-id', recurrenceId);
  return `?${words}`;
}

export const readObject = (ref: Path, recurrenceId: string | null): Promise<ReadObject> =>
  api('GET', at(ref) + (recurrenceId === null ? '' : `?${new URLSearchParams({ 'recurrence-id': recurrenceId })}`));

/** What one's own undos have made of ETags: what was changed twice is taken back twice. */
const undone = new OwnTags();
const latest = (ref: ObjectRef, etag: string): string => undone.latest({ ...ref, etag }).etag;

interface NewObject {
  /** Of the editor that it is made in: who saves once more, since no answer came, has it once. */
  readonly id: string;
  readonly component: 'VEVENT' | 'VTODO';
}

export async function createObject(
  { home, segment }: Pick<Folder, 'home' | 'segment'>,
  { id, component }: NewObject,
  details: Partial<Details>,
): Promise<Change> {
  const json = { component, id, ...details };
  const made = await api<ObjectRef>('POST', `objects/${pathOf(home, segment)}`, { json }).catch(
    async (fault: unknown) => {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      const before = await readObject({ home, segment, name: `${id}.ics` }, null);
      return (await changeObject(before, details, { recurrenceId: null, scope: 'all' })).at;
    },
  );
  const undo: Undo = (etag = made.etag) => deleteText(made.href, latest(made, etag));
  return { at: made, undo: made.deletable ? undo : undefined };
}

/** Puts it back as it was. @param etag of what is there now; null: nothing */
type PutBack = (etag: string | null) => Promise<unknown>;

/** How it is now, before something is done to it; undefined where it could not be put back. */
async function remember(ref: ObjectRef): Promise<PutBack | undefined> {
  const path = `${at(ref)}/undo`;
  const { text, key } = await api<{ readonly text: string; readonly key: string | null }>('GET', path);
  if (key === null) return undefined;
  const url = `${base}${path}?${new URLSearchParams({ key })}`;
  return (etag) =>
    send('PUT', url, {
      ...{ type: 'text/calendar; charset=utf-8', text },
      headers: etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag },
    });
}

/** @param made what was done, unless that is told when it is taken back: its ETag, or null where nothing is left */
const wayBack = (ref: ObjectRef, putBack: PutBack, made: string | null): Undo => {
  return async (etag) => {
    const there = etag ?? made;
    await putBack(there === null ? null : latest(ref, there));
    undone.made(ref, await readObject(ref, null));
  };
};

/** @throws Refused with 412 when somebody else has changed it meanwhile */
export async function changeObject(ref: ObjectRef, changes: Partial<Details>, which: Occurrence): Promise<Change> {
  const putBack = await remember(ref);
  const options = { json: changes, headers: { 'If-Match': ref.etag } };
  const { later, ...changed } = await api<Changed>('PATCH', at(ref) + query(which), options);
  const done = later ?? changed;
  if (putBack === undefined) return { at: done, undo: undefined };
  const back = wayBack(ref, putBack, changed.etag);
  if (later === null) return { at: done, undo: back };
  const undo = async (etag = later.etag): Promise<void> => {
    await back();
    await deleteText(later.href, etag);
  };
  return { at: done, undo };
}

/** For what is changed by other means: the way back to how it is now. */
export async function rememberObject(ref: ObjectRef): Promise<Change> {
  const putBack = await remember(ref);
  return { at: ref, undo: putBack && wayBack(ref, putBack, ref.etag) };
}

/** @throws Refused with 412 when somebody else has changed it meanwhile */
export async function deleteObject(ref: ObjectRef, which: Occurrence): Promise<Undo | undefined> {
  const putBack = await remember(ref);
  const options = { headers: { 'If-Match': ref.etag } };
  const changed = await api<Changed | null>('DELETE', at(ref) + query(which), options);
  return putBack && wayBack(ref, putBack, changed?.etag ?? null);
}

/**
 * To another folder, under a name that nothing has there. Out of somebody else's, it leaves behind what they have of it.
 * @throws Refused with 412 when somebody else has changed it meanwhile
 */
export async function moveObject(ref: ObjectRef, { href, home, segment }: Folder): Promise<Change> {
  const name = `${newId()}.ics`;
  const putBack = home === ref.home ? undefined : await remember(ref);
  await moveText(ref.href, ref.etag, href + name);
  const moved = await readObject({ home, segment, name }, null);
  const undo = async (etag = moved.etag): Promise<void> => {
    await moveText(moved.href, latest(moved, etag), ref.href);
    await putBack?.((await readObject(ref, null)).etag);
  };
  return { at: moved, undo: moved.deletable ? undo : undefined };
}

/** Something that was changed goes to another folder; the way back is one. */
export async function moveChanged({ at, undo }: Change, folder: Folder): Promise<Change> {
  const moved = await moveObject(at, folder);
  const goBack = moved.undo;
  if (goBack === undefined || undo === undefined) return { at: moved.at, undo: undefined };
  const back = async (etag?: string): Promise<void> => {
    await goBack(etag);
    await undo((await readObject(at, null)).etag);
  };
  return { at: moved.at, undo: back };
}
