import { resolve } from 'node:path';
import { Environment } from './environment.js';
import { type ProcessConfiguration, readProcessConfiguration } from './process-configuration.js';

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
export interface PagesConfiguration extends ProcessConfiguration {
  readonly folder: string | null;
}

/** @throws ConfigurationFault */
export const readPagesConfiguration = (values: NodeJS.ProcessEnv): PagesConfiguration => ({
  ...readProcessConfiguration(values),
  folder: readPagesFolder(values),
});
