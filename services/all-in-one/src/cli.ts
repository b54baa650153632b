import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { setLogLevel } from '@almanac/observability';
import { calendarCommands } from './cli/calendar-commands.js';
import { type CliCommand, UsageFault } from './cli/command.js';
import { credentialCommands } from './cli/credential-commands.js';
import { principalCommands } from './cli/principal-commands.js';
import { provisionCommands } from './cli/provision-commands.js';
import { shareCommands } from './cli/share-commands.js';
import { storeCommands } from './cli/store-commands.js';
import { tenantCommands } from './cli/tenant-commands.js';
import { readConfiguration } from './configuration.js';

const commands: readonly CliCommand[] = [
  ...tenantCommands,
  ...principalCommands('user'),
  ...principalCommands('group'),
  ...principalCommands('resource'),
  ...credentialCommands,
  ...calendarCommands,
  ...shareCommands,
  ...provisionCommands,
  ...storeCommands,
];

/** Store and backups are for the owner of the process alone. */
const ownerOnly = 0o077;

/** Exit codes: 0 done; 1 refused or failed; 2 the command line is wrong. */
async function main(words: readonly string[]): Promise<number> {
  process.umask(ownerOnly);
  const json = words.includes('--json');
  try {
    const { data, logLevel } = readConfiguration(process.env);
    setLogLevel(logLevel === 'info' ? 'warn' : logLevel);
    if (words.length === 0 || words.includes('--help')) return show(usage(), 0);
    const { command, positionals, options } = parse(words);
    const output = await command.run({ folder: data, positionals, options, json });
    return show(json ? JSON.stringify(output.value) : output.text, output.exitCode ?? 0);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(json ? `${JSON.stringify({ error: message })}\n` : `almanac: ${message}\n`);
    return error instanceof UsageFault ? 2 : 1;
  }
}

function parse(words: readonly string[]) {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (command === undefined) {
    throw new UsageFault(`There is no command ${words.slice(0, 2).join(' ')}. Ask for --help to see them all.`);
  }
  const args = words.slice(command.name.split(' ').length);
  try {
    const options = { ...command.options, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length !== command.positionals.length)
      throw new Error(`it takes ${command.positionals.join(' ') || 'no arguments'}`);
    return { command, positionals, options: values };
  } catch (error) {
    throw new UsageFault(`${usageOf(command)}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

function usageOf({ name, positionals, options }: CliCommand): string {
  const named = Object.entries(options).map(([option, { multiple }]) => `[--${option} …]${multiple ? '*' : ''}`);
  return `Usage: almanac ${[name, ...positionals, ...named].join(' ')} [--json]`;
}

const usage = (): string =>
  [
    'almanac <command> [--json]    ALMANAC_DATA names the data folder (default ./data);',
    '                              ALMANAC_KAFKA and ALMANAC_MONGO_URL name the servers of the distributed mode',
    '',
    ...commands.map(({ name, positionals, summary }) => `  ${[name, ...positionals].join(' ').padEnd(44)}${summary}`),
  ].join('\n');

function show(text: string, exitCode: number): number {
  if (text !== '') process.stdout.write(`${text}\n`);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2));
