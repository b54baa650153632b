import type { LogLevel } from '@almanac/observability';
import { Environment } from './environment.js';
import { readLastAnswer } from './last-answer.js';

/** What every process of the distributed mode is told. */
export interface ProcessConfiguration {
  readonly host: string;
  readonly port: number;
  /** Where probes and metrics are served; null: on `port`, too. */
  readonly adminPort: number | null;
  /** Milliseconds between the signal to stop and the closed door. */
  readonly drain: number;
  /** Milliseconds after which requests that are in flight behind the closed door are cut. */
  readonly lastAnswer: number;
  readonly logLevel: LogLevel;
}

/** @throws ConfigurationFault */
export function readProcessConfiguration(values: NodeJS.ProcessEnv): ProcessConfiguration {
  const environment = new Environment(values);
  const adminPort = environment.port('ALMANAC_ADMIN_PORT', 0);
  return {
    host: environment.text('ALMANAC_HOST', '127.0.0.1'),
    port: environment.port('ALMANAC_PORT', 8008),
    adminPort: adminPort === 0 ? null : adminPort,
    drain: environment.integer('ALMANAC_DRAIN', 1_000, [0, 60_000]),
    lastAnswer: readLastAnswer(values),
    logLevel: environment.logLevel(),
  };
}
