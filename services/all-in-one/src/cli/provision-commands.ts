import { resolve } from 'node:path';
import { readConfiguration } from '../configuration.js';
import { type FirstAccount, knownHosts, welcome } from '../provision/first-start.js';
import { readSeed } from '../provision/seed-file.js';
import { type CliCommand, type CommandOutput, type Invocation, text } from './command.js';
import { perform, string } from './operation.js';

async function seed(invocation: Invocation): Promise<CommandOutput> {
  const [file = ''] = invocation.positionals;
  const tenants = readSeed(resolve(file), readConfiguration(process.env).profile);
  const value = await perform(invocation, 'seed', { tenants });
  return { value, text: `What ${file} declares is there.` };
}

async function firstAccount(invocation: Invocation): Promise<CommandOutput> {
  const configuration = readConfiguration(process.env);
  const { profile, publicUrl, host, port } = configuration;
  const first = { profile, hosts: knownHosts(configuration) };
  const account = (await perform(invocation, 'first-account', first)) as FirstAccount | null;
  if (account === null) return { value: null, text: 'There are accounts already.' };
  const url = text(invocation.options, 'url') ?? publicUrl ?? `http://${host}:${port}`;
  return { value: account, text: welcome(account, url) };
}

export const provisionCommands: readonly CliCommand[] = [
  {
    name: 'seed',
    positionals: ['<file>'],
    options: {},
    summary: 'make the accounts that a seed file declares and that are missing',
    run: seed,
  },
  {
    name: 'first-account',
    positionals: [],
    options: { url: string },
    summary: 'make a first tenant and user where there is none, as npm start does',
    run: firstAccount,
  },
];
