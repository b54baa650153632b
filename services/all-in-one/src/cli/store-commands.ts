import { resolve } from 'node:path';
import { openReader, verifyReadModels } from '@almanac/adapters-embedded';
import { restore } from '../admin/restore.js';
import { storePath } from '../store/data-folder.js';
import { projectAll } from '../store/project-all.js';
import { type CliCommand, type CommandOutput, type Invocation } from './command.js';
import { demandStore } from './connection.js';
import { perform } from './operation.js';

const maxShown = 50;

async function verify({ folder }: Invocation): Promise<CommandOutput> {
  demandStore(folder);
  const reader = openReader(storePath(folder));
  try {
    const result = await verifyReadModels(reader, projectAll);
    const { commits, differences } = result;
    const lines = differences.slice(0, maxShown).map(({ table, row, fault }) => `${table} ${row}: ${fault}`);
    const more = differences.length > maxShown ? [`… and ${differences.length - maxShown} more`] : [];
    const head = `Replayed ${commits} commits: ${differences.length === 0 ? 'no difference' : `${differences.length} differences`}.`;
    return { value: result, text: [head, ...lines, ...more].join('\n'), exitCode: differences.length === 0 ? 0 : 1 };
  } finally {
    reader.close();
  }
}

async function rebuild(invocation: Invocation): Promise<CommandOutput> {
  const value = (await perform(invocation, 'rebuild', {})) as { commits: number };
  return { value, text: `Rebuilt all read models from ${value.commits} commits.` };
}

async function backup(invocation: Invocation): Promise<CommandOutput> {
  const file = resolve(invocation.positionals[0] ?? '');
  const value = await perform(invocation, 'backup', { file });
  return { value, text: `Wrote ${file}.` };
}

async function restoreBackup({ folder, positionals: [file = ''] }: Invocation): Promise<CommandOutput> {
  const collections = await restore(folder, resolve(file));
  return { value: { collections }, text: `Restored ${collections} collections; clients will sync them anew.` };
}

export const storeCommands: readonly CliCommand[] = [
  {
    name: 'verify',
    positionals: [],
    options: {},
    summary: 'replay the log and compare every read model with it',
    run: verify,
  },
  { name: 'rebuild', positionals: [], options: {}, summary: 'make all read models anew from the log', run: rebuild },
  {
    name: 'backup',
    positionals: ['<file>'],
    options: {},
    summary: 'write the whole store, as it is at one moment, into a file',
    run: backup,
  },
  {
    name: 'restore',
    positionals: ['<file>'],
    options: {},
    summary: 'put a backup in the place of the store; the service must be stopped',
    run: restoreBackup,
  },
];
