/**
 * What a client that owns its names may expect of them. An attempt whose outcome it never learned may be carried out at any
 * later moment, or never: so there are several worlds that may be the real one, and each answer rules some of them out. None
 * left is a broken promise.
 */

/** The write of an ETag that was never given. */
export const never = 'never';

/** What is at a URL; the value of a property counts as one, too. */
export interface Held {
  readonly content: string;
  /** Null for a property's value. */
  readonly uid: string | null;
  /** The attempt that wrote it; null when it is not known which. An ETag names one write. */
  readonly write: string | null;
}

export type Operation =
  | ({ readonly kind: 'put'; readonly href: string; readonly content: string; readonly uid: string } & Conditions)
  | ({ readonly kind: 'delete'; readonly href: string } & Pick<Conditions, 'ifMatch'>)
  | { readonly kind: 'copy' | 'move'; readonly href: string; readonly target: string; readonly overwrite: boolean }
  | { readonly kind: 'proppatch'; readonly href: string; readonly content: string };

export interface Conditions {
  /** The write that the ETag stands for. */
  readonly ifMatch?: string;
  readonly ifNoneMatch?: true;
}

export interface Attempt {
  readonly id: string;
  readonly operation: Operation;
}

type Contents = ReadonlyMap<string, Held>;

/** A MOVE that has put its target and not yet deleted its source (design 2). */
interface HalfMoved {
  readonly source: Held;
  readonly replaced: Held | null;
}

interface Pending {
  readonly attempt: Attempt;
  readonly half: HalfMoved | null;
}

export interface World {
  readonly contents: Contents;
  readonly pending: ReadonlyMap<string, Pending>;
}

/** What may follow when an attempt is carried out now. */
interface Effect {
  readonly statuses: readonly number[];
  /** Null: nothing changes. */
  readonly contents: Contents | null;
}

export const collectionOf = (href: string): string => href.slice(0, href.lastIndexOf('/') + 1);

export const hrefsOf = (operation: Operation): readonly string[] =>
  'target' in operation ? [operation.href, operation.target] : [operation.href];

/** All worlds that the given ones may have become by now, themselves among them. */
export function reachable(worlds: Iterable<World>): World[] {
  const found = new Map<string, World>();
  const open = [...worlds];
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    const key = keyOf(world);
    if (found.has(key)) continue;
    found.set(key, world);
    for (const pending of world.pending.values()) open.push(...steps(world, pending));
  }
  return [...found.values()];
}

/** Worlds that differ in nothing are one. */
export const distinct = (worlds: readonly World[]): World[] => [
  ...new Map(worlds.map((world) => [keyOf(world), world])).values(),
];

/** The worlds in which an attempt that is made now gives this status, as they are after it. */
export function answered(worlds: readonly World[], { attempt, status }: { attempt: Attempt; status: number }): World[] {
  const next = reachable(worlds).flatMap(({ contents, pending }) =>
    effectsOf(contents, attempt)
      .filter(({ statuses }) => statuses.includes(status))
      .map((effect) => ({ contents: effect.contents ?? contents, pending })),
  );
  return distinct([...next, ...interfered(worlds, attempt, status)]);
}

/** An attempt without an answer: from now on it may be carried out. */
export const abandoned = (worlds: readonly World[], attempt: Attempt): World[] =>
  worlds.map(({ contents, pending }) => ({
    contents,
    pending: new Map([...pending, [attempt.id, { attempt, half: null }]]),
  }));

/** Attempts that are too old to be carried out any more; a MOVE that has begun is finished, however old. */
export const expired = (worlds: readonly World[], ids: ReadonlySet<string>): World[] =>
  distinct(
    worlds.map(({ contents, pending }) => ({
      contents,
      pending: new Map([...pending].filter(([id, { half }]) => half !== null || !ids.has(id))),
    })),
  );

/** Whether a MOVE of this world has both its source and its target. */
export const isHalfMoved = ({ pending }: World): boolean => [...pending.values()].some(({ half }) => half !== null);

function steps(world: World, { attempt, half }: Pending): World[] {
  if (half !== null && attempt.operation.kind === 'move') return [finished(world, attempt, half)];
  const { contents } = world;
  const done = effectsOf(contents, attempt).flatMap((effect) => (effect.contents === null ? [] : [effect.contents]));
  if (attempt.operation.kind !== 'move') return done.map((next) => after(world, attempt, { contents: next }));
  const { href, target } = attempt.operation;
  const source = contents.get(href);
  if (source === undefined || done.length === 0) return [];
  const put = new Map([...contents, [target, { ...source, write: attempt.id }]]);
  return [after(world, attempt, { contents: put, half: { source, replaced: contents.get(target) ?? null } })];
}

/** The source goes if it is what was copied, else the target is taken back if nobody has written it since. */
function finished(world: World, attempt: Attempt, { source, replaced }: HalfMoved): World {
  const [href = '', target = ''] = hrefsOf(attempt.operation);
  const contents = new Map(world.contents);
  if (contents.get(href)?.write === source.write) contents.delete(href);
  else if (contents.get(target)?.write === attempt.id) {
    if (replaced === null) contents.delete(target);
    else contents.set(target, { ...replaced, write: null });
  }
  return after(world, attempt, { contents });
}

function after(world: World, { id }: Attempt, next: { contents: Contents; half?: HalfMoved }): World {
  const pending = new Map(world.pending);
  const own = pending.get(id);
  pending.delete(id);
  if (next.half !== undefined && own !== undefined) pending.set(id, { ...own, half: next.half });
  return { contents: next.contents, pending };
}

function effectsOf(contents: Contents, { id, operation }: Attempt): readonly Effect[] {
  switch (operation.kind) {
    case 'put':
      return putEffects(contents, operation, id);
    case 'delete':
      return deleteEffects(contents, operation);
    case 'proppatch': {
      const { href, content } = operation;
      return [{ statuses: [207], contents: new Map([...contents, [href, { content, uid: null, write: id }]]) }];
    }
    default:
      return transferEffects(contents, operation, id);
  }
}

function putEffects(contents: Contents, operation: Operation & { kind: 'put' }, id: string): readonly Effect[] {
  const { href, content, uid, ifMatch, ifNoneMatch } = operation;
  const before = contents.get(href);
  if (ifNoneMatch === true && before !== undefined) return [refusal(412)];
  const effects: Effect[] = [];
  if (ifMatch !== undefined && before?.write !== ifMatch) effects.push(refusal(412));
  if (ifMatch !== undefined && !mayBe(before, ifMatch)) return effects;
  if (isTaken(contents, { href, uid })) return [...effects, refusal(403)];
  const next = new Map([...contents, [href, { content, uid, write: id }]]);
  return [...effects, { statuses: [before === undefined ? 201 : 204], contents: next }];
}

function deleteEffects(contents: Contents, { href, ifMatch }: Operation & { kind: 'delete' }): readonly Effect[] {
  const before = contents.get(href);
  if (before === undefined) return [refusal(404, ...(ifMatch === undefined ? [] : [412]))];
  const effects = ifMatch !== undefined && before.write !== ifMatch ? [refusal(412)] : [];
  if (ifMatch !== undefined && !mayBe(before, ifMatch)) return effects;
  const next = new Map(contents);
  next.delete(href);
  return [...effects, { statuses: [204], contents: next }];
}

function transferEffects(
  contents: Contents,
  { kind, href, target, overwrite }: Operation & { kind: 'copy' | 'move' },
  id: string,
): readonly Effect[] {
  const source = contents.get(href);
  if (source === undefined) return [refusal(404)];
  const before = contents.get(target);
  if (before !== undefined && !overwrite) return [refusal(412)];
  const leaving = kind === 'move' && collectionOf(href) === collectionOf(target) ? href : null;
  if (isTaken(contents, { href: target, uid: source.uid, leaving })) return [refusal(403)];
  const next = new Map([...contents, [target, { ...source, write: id }]]);
  if (kind === 'move') next.delete(href);
  return [{ statuses: [before === undefined ? 201 : 204], contents: next }];
}

const refusal = (...statuses: number[]): Effect => ({ statuses, contents: null });

const mayBe = (held: Held | undefined, write: string): boolean =>
  held !== undefined && (held.write === write || (held.write === null && write !== never));

/** RFC 4791 5.3.2.1: no other member of the collection has the UID, and what is replaced has the same. */
function isTaken(
  contents: Contents,
  { href, uid, leaving = null }: { href: string; uid: string | null; leaving?: string | null },
): boolean {
  const before = contents.get(href);
  if (before !== undefined && before.uid !== uid) return true;
  const folder = collectionOf(href);
  return [...contents].some(
    ([other, held]) => other !== href && other !== leaving && held.uid === uid && collectionOf(other) === folder,
  );
}

const conflicts: readonly number[] = [403, 404, 412];

/**
 * A COPY or MOVE reads before it decides: what an attempt without an answer changes in between makes it fail, and what had
 * been put is taken back, in a new write of the old content.
 */
function interfered(worlds: readonly World[], { operation }: Attempt, status: number): World[] {
  if (!('target' in operation) || !conflicts.includes(status)) return [];
  const touched = hrefsOf(operation);
  const meets = ({ pending }: World): boolean =>
    [...pending.values()].some(({ attempt }) => hrefsOf(attempt.operation).some((href) => touched.includes(href)));
  return reachable(worlds.filter(meets)).map(({ contents, pending }) => {
    const target = contents.get(operation.target);
    if (operation.kind === 'copy' || target === undefined) return { contents, pending };
    return { contents: new Map([...contents, [operation.target, { ...target, write: null }]]), pending };
  });
}

function keyOf({ contents, pending }: World): string {
  // What a COPY wrote depends on the world: a write alone does not say what is there.
  const held = [...contents].map(([href, { content, write }]) => `${href} ${write} ${content}`).sort();
  const open = [...pending].map(([id, { half }]) => `${id} ${half === null ? '' : 'half'}`).sort();
  return `${held.join('\n')}\n\n${open.join('\n')}`;
}
