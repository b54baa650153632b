import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isCalendarFault, splitCalendar } from '@almanac/icalendar';
import { type CliCommand, type CommandOutput, type Invocation, optional, text } from './command.js';
import { connect } from './connection.js';
import { ProgressBar } from './progress-bar.js';

const string = { type: 'string' } as const;

interface ListedCollection {
  readonly segment: string;
  readonly name: string;
  readonly members: number;
}

async function exportUser({ folder, positionals: [user], options }: Invocation): Promise<CommandOutput> {
  const of = { user, ...optional('tenant', text(options, 'tenant')) };
  const target = resolve(text(options, 'out') ?? '.');
  const connection = await connect(folder);
  try {
    const collections = await connection.perform<readonly ListedCollection[]>('collections', of);
    mkdirSync(target, { recursive: true });
    const files = [];
    for (const { segment, name, members } of collections) {
      const calendar = await connection.perform<string>('export-collection', { ...of, collection: segment });
      const file = join(target, `${segment.replaceAll(/[^\w.@-]/g, '_')}.ics`);
      writeFileSync(file, calendar);
      files.push({ file, name, members });
    }
    return { value: files, text: files.map(({ file, name, members }) => `${file}  ${name}  ${members}`).join('\n') };
  } finally {
    await connection.close();
  }
}

const batchSize = 64;

interface ImportResult {
  readonly imported: number;
  readonly refused: readonly { readonly uid: string; readonly reason: string }[];
}

async function importFile({ folder, positionals, options, json }: Invocation): Promise<CommandOutput> {
  const [user, collection, file = ''] = positionals;
  const objects = splitCalendar(readFileSync(file, 'utf8'));
  if (isCalendarFault(objects)) {
    const place = objects.line === undefined ? '' : `, line ${objects.line}`;
    throw new Error(`${file} is not a calendar file: ${objects.reason}${place}`);
  }
  const connection = await connect(folder);
  const bar = new ProgressBar(json ? null : process.stderr, objects.length);
  const total = { imported: 0, refused: [] as { uid: string; reason: string }[] };
  try {
    for (let start = 0; start < objects.length; start += batchSize) {
      const batch = objects.slice(start, start + batchSize);
      const of = { user, collection, ...optional('tenant', text(options, 'tenant')) };
      const { imported, refused } = await connection.perform<ImportResult>('import-objects', { ...of, objects: batch });
      total.imported += imported;
      total.refused.push(...refused);
      bar.advance(batch.length);
    }
  } finally {
    bar.end();
    await connection.close();
  }
  const lines = [
    `Imported ${total.imported} of ${objects.length}.`,
    ...total.refused.map(({ uid, reason }) => `refused ${uid}: ${reason}`),
  ];
  return { value: total, text: lines.join('\n'), exitCode: total.refused.length === 0 ? 0 : 1 };
}

export const calendarCommands: readonly CliCommand[] = [
  {
    name: 'export',
    positionals: ['<user>'],
    options: { tenant: string, out: string },
    summary: 'write one .ics a collection into the folder --out (default: the current one)',
    run: exportUser,
  },
  {
    name: 'import',
    positionals: ['<user>', '<collection>', '<file.ics>'],
    options: { tenant: string },
    summary: 'put the objects of a calendar file into a collection',
    run: importFile,
  },
];
