import { resolve } from 'node:path';
import { openReader, verifyReadModels } from '@almanac/adapters-embedded';
import { restore } from '../admin/restore.js';
import { storePath } from '../store/data-folder.js';
import { projectAll } from '../store/project-all.js';
import { readModelGroups, type Verification } from '../store/service-store.js';
import { type CliCommand, type CommandOutput, type Invocation, optional, text, UsageFault } from './command.js';
import { demandStore, isDistributed } from './connection.js';
import { perform, string } from './operation.js';

const maxShown = 50;

/** A store of this machine is read as it is, whoever has it; the log of the distributed mode is asked for. */
async function verification(invocation: Invocation): Promise<Verification> {
  if (isDistributed()) return (await perform(invocation, 'verify', {})) as Verification;
  demandStore(invocation.folder);
  const reader = openReader(storePath(invocation.folder));
  try {
    return await verifyReadModels(reader, projectAll);
  } finally {
    reader.close();
  }
}

async function verify(invocation: Invocation): Promise<CommandOutput> {
  const result = await verification(invocation);
  const { commits, differences } = result;
  const lines = differences.slice(0, maxShown).map(({ table, row, fault }) => `${table} ${row}: ${fault}`);
  const more = differences.length > maxShown ? [`… and ${differences.length - maxShown} more`] : [];
  const head = `Replayed ${commits} commits: ${differences.length === 0 ? 'no difference' : `${differences.length} differences`}.`;
  return { value: result, text: [head, ...lines, ...more].join('\n'), exitCode: differences.length === 0 ? 0 : 1 };
}

async function rebuild(invocation: Invocation): Promise<CommandOutput> {
  const only = text(invocation.options, 'only');
  const group = readModelGroups.find((one) => one === only);
  if (only !== undefined && group === undefined) throw new UsageFault(`--only takes ${readModelGroups.join(' or ')}.`);
  const value = (await perform(invocation, 'rebuild', optional('group', group))) as { commits: number };
  return { value, text: `Rebuilt ${only ?? 'all'} read models from ${value.commits} commits.` };
}

async function renewEpochs(invocation: Invocation): Promise<CommandOutput> {
  const value = (await perform(invocation, 'renew-epochs', {})) as { collections: number };
  return { value, text: `Renewed ${value.collections} collections; clients will sync them anew.` };
}

async function backup(invocation: Invocation): Promise<CommandOutput> {
  const file = resolve(invocation.positionals[0] ?? '');
  const value = await perform(invocation, 'backup', { file });
  return { value, text: `Wrote ${file}.` };
}

async function restoreBackup({ folder, positionals: [file = ''] }: Invocation): Promise<CommandOutput> {
  if (isDistributed()) throw new Error('Restore MongoDB with its own tools: docs/operations/mongodb.md says how.');
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
  {
    name: 'rebuild',
    positionals: [],
    options: { only: string },
    summary: 'make read models anew from the log, all or --only calendars, directory or attachments',
    run: rebuild,
  },
  {
    name: 'renew-epochs',
    positionals: [],
    options: {},
    summary: 'let clients sync all collections anew, after the log was put back to an earlier time',
    run: renewEpochs,
  },
  {
    name: 'backup',
    positionals: ['<file>'],
    options: {},
    summary: 'write the whole store, as it is at one moment, into a file and a folder <file>.blobs beside it',
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
