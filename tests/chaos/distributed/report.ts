import { cpus } from 'node:os';
import type { Findings } from './findings.js';

export interface Campaign {
  readonly seed: number;
  readonly minutes: number;
  readonly clients: number;
  readonly database: string;
  /** Where the logs are, when they are kept. */
  readonly logs: string | null;
}

/** The result of a campaign as Markdown. */
export function reportOf(findings: Findings, { seed, minutes, clients, database, logs }: Campaign): string {
  const { duration, writes, longestGap, violations, faults, outcomes, notes } = findings;
  const seconds = duration / 1000;
  const answers = byKey(outcomes).map(([operation, own]) => {
    const counts = byKey(own).map(([outcome, times]) => `${outcome}: ${times}`);
    return `| ${operation} | ${counts.join(', ')} |`;
  });
  const kinds = byKey(Map.groupBy(faults, ({ kind }) => kind));
  return [
    `# Fault campaign, seed ${seed}`,
    '',
    `- Begun ${new Date(findings.begun).toISOString()}, ${seconds.toFixed(0)} s of work (${minutes} minutes wanted), ${clients} clients, ${database}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}.`,
    `- ${writes} acknowledged writes, ${(writes / seconds).toFixed(1)} a second; the longest time without one: ${(longestGap / 1000).toFixed(1)} s.`,
    `- ${faults.length} faults. **${violations.length} violations.**`,
    ...notes.map((note) => `- ${note}`),
    ...(logs === null ? [] : [`- Logs: ${logs}`]),
    '',
    '| operation | outcomes |',
    '|---|---|',
    ...answers,
    '',
    '| fault | times | seconds, shortest to longest |',
    '|---|---|---|',
    ...kinds.map(([kind, own]) => {
      const lengths = own.map(({ from, to }) => (to - from) / 1000).sort((left, right) => left - right);
      return `| ${kind} | ${own.length} | ${lengths[0]?.toFixed(1)} to ${lengths.at(-1)?.toFixed(1)} |`;
    }),
    '',
    '## Violations',
    '',
    ...(violations.length === 0 ? ['None.'] : violations.flatMap(violationLines)),
    '',
    '## What the services logged as errors',
    '',
    ...findings.logged.slice(0, 40).map((words) => `- ${words}`),
    '',
    '## Schedule of the faults',
    '',
    ...faults.map(({ from, to, words }) => `- ${clock(from)} to ${clock(to)}: ${words}`),
    '',
  ].join('\n');
}

const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([left], [right]) => (left < right ? -1 : 1));

const violationLines = ({ at, kind, words, history }: Findings['violations'][number]): string[] => [
  `### ${clock(at)} ${kind}`,
  '',
  words,
  '',
  ...(history.length === 0 ? [] : ['```', ...history, '```', '']),
];

const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);
