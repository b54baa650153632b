import { type Share, shareRights } from '@almanac/contracts';
import { type CliCommand, type Invocation, optional, text, UsageFault } from './command.js';
import { line, operation, string } from './operation.js';

const positionals = ['<owner>', '<folder>'];

const ofFolder = ({ positionals: [user, collection], options }: Invocation) => ({
  user,
  collection,
  ...optional('tenant', text(options, 'tenant')),
});

function demanded({ options }: Invocation, option: string): string {
  const value = text(options, option);
  if (value !== undefined) return value;
  throw new UsageFault(`Name the user or group with --${option}.`);
}

function rightFrom({ options }: Invocation): string {
  const right = text(options, 'right') ?? 'read';
  if (shareRights.some((known) => known === right)) return right;
  throw new UsageFault(`--right takes ${shareRights.join(', ')}, not ${right}.`);
}

export const shareCommands: readonly CliCommand[] = [
  {
    name: 'share add',
    positionals,
    options: { tenant: string, to: string, right: string },
    summary: `share a folder with a user or group; --right ${shareRights.join('|')}`,
    run: operation(
      'share-add',
      (invocation) => ({ ...ofFolder(invocation), to: demanded(invocation, 'to'), right: rightFrom(invocation) }),
      ({ id, right }: Share) => `Shared with ${id}: ${right}.`,
    ),
  },
  {
    name: 'share list',
    positionals,
    options: { tenant: string },
    summary: 'list whom a folder is shared with',
    run: operation('share-list', ofFolder, (shares: readonly Share[]) =>
      shares.map(({ kind, id, right }) => line([kind, id, right])).join('\n'),
    ),
  },
  {
    name: 'share remove',
    positionals,
    options: { tenant: string, from: string },
    summary: 'take a share back',
    run: operation(
      'share-remove',
      (invocation) => ({ ...ofFolder(invocation), from: demanded(invocation, 'from') }),
      ({ id }: Share) => `No longer shared with ${id}.`,
    ),
  },
];
