import { resolve } from 'node:path';
import { Environment } from './environment.js';

/** Where `npm run build` leaves the pages of services/web. */
const built = resolve(import.meta.dirname, '../../../services/web/dist/page');

/** The folder of the web interface's files; `off`: the service has no pages. */
export function readPagesFolder(values: NodeJS.ProcessEnv): string | null {
  const folder = new Environment(values).text('ALMANAC_PAGES', built);
  return folder === 'off' ? null : folder;
}
