import { resolve } from 'node:path';
import type { LogLevel } from '@almanac/observability';
import { Environment } from './environment.js';

/** Where `npm run build` leaves the pages of services/web. */
const built = resolve(import.meta.dirname, '../../../services/web/dist/page');

/** The folder of the web interface's files; `off`: the service has no pages. */
function readPagesFolder(values: NodeJS.ProcessEnv): string | null {
  const folder = new Environment(values).text('ALMANAC_PAGES', built);
  return folder === 'off' ? null : folder;
}

/** Where a frontend has the pages of the web interface. */
export interface PagesPlace {
  /** Null: it serves none. */
  readonly folder: string | null;
  /** Where another host serves them; null: nowhere. */
  readonly elsewhere: string | null;
}

/** @throws ConfigurationFault */
export function readPagesPlace(values: NodeJS.ProcessEnv): PagesPlace {
  const elsewhere = new Environment(values).url('ALMANAC_PAGES_URL', 'https://calendar.example.org');
  return { folder: elsewhere === null ? readPagesFolder(values) : null, elsewhere };
}

/** What the process that serves the pages alone is told. */
export interface PagesConfiguration {
  readonly folder: string | null;
  readonly host: string;
  readonly port: number;
  /** Where probes and metrics are served; null: on `port`, too. */
  readonly adminPort: number | null;
  /** Milliseconds between the signal to stop and the closed door. */
  readonly drain: number;
  readonly logLevel: LogLevel;
}

/** @throws ConfigurationFault */
export function readPagesConfiguration(values: NodeJS.ProcessEnv): PagesConfiguration {
  const environment = new Environment(values);
  const adminPort = environment.port('ALMANAC_ADMIN_PORT', 0);
  return {
    folder: readPagesFolder(values),
    host: environment.text('ALMANAC_HOST', '127.0.0.1'),
    port: environment.port('ALMANAC_PORT', 8008),
    adminPort: adminPort === 0 ? null : adminPort,
    drain: environment.integer('ALMANAC_DRAIN', 1_000, [0, 60_000]),
    logLevel: environment.logLevel(),
  };
}
