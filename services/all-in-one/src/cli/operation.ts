import { type CommandOutput, type Invocation, UsageFault } from './command.js';
import { type Connection, connect, connectOrMake } from './connection.js';

/** Options as `parseArgs` knows them. */
export const string = { type: 'string' } as const;
export const strings = { type: 'string', multiple: true } as const;

/** What one may begin a store with. */
const makers: ReadonlySet<string> = new Set(['tenant-add', 'principal-add', 'seed', 'first-account']);

/** Opens the store or the service, performs one operation, and shows what came back. */
export async function perform(
  { folder }: Invocation,
  operation: string,
  argument: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const connection: Connection = await (makers.has(operation) ? connectOrMake : connect)(folder);
  try {
    return await connection.perform(operation, argument);
  } finally {
    await connection.close();
  }
}

type ArgumentOf = (invocation: Invocation) => Readonly<Record<string, unknown>>;
type TextOf = (value: never) => string;

/** A command that is one operation: what it sends, and what a person reads of the answer. */
export const operation =
  (name: string, argument: ArgumentOf, shown: TextOf) =>
  async (invocation: Invocation): Promise<CommandOutput> => {
    const value = await perform(invocation, name, argument(invocation));
    return { value, text: shown(value as never) };
  };

/** A line of a list. */
export const line = (fields: readonly (string | number | undefined)[]): string =>
  fields.map((field) => String(field ?? '-')).join('  ');

/** What a person reads of a change; a password that was made for them is in it. */
export const done =
  (verb: string) =>
  ({ id, tenant, password }: { id: string; tenant?: string; password?: string }) =>
    `${verb} ${id}${tenant === undefined ? '' : ` in ${tenant}`}.${password === undefined ? '' : `\nPassword (shown once): ${password}`}`;

/** @throws UsageFault when no option names a change */
export function demandChanges<Changes extends object>(changes: Changes): Changes {
  if (Object.keys(changes).length === 0) throw new UsageFault('Name at least one option to change.');
  return changes;
}
