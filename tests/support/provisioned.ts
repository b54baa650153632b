import { mustHaveAll } from '../../scripts/provision.mjs';
import { tools } from '../../scripts/provision/tools.mjs';

type ToolName = Exclude<keyof ReturnType<typeof tools>, 'missing'>;

export interface ProvisionedTool {
  /** Empty when the tool is missing. */
  readonly path: string;
  readonly missing: boolean;
  /** Of a missing tool: why its tests are skipped and how to get it, for the title of the suite. */
  readonly note: string;
}

/**
 * A tool that suites drive; one that is missing skips them.
 * @throws where nothing may be missing (`CI=true`, `ALMANAC_TESTS=all`)
 */
export function provisioned(name: ToolName): ProvisionedTool {
  const { [name]: path, missing } = tools();
  if (path !== null) return { path, missing: false, note: '' };
  const reason = missing[name] ?? 'not provisioned';
  if (mustHaveAll()) throw new Error(`${name}: ${reason}`);
  return { path: '', missing: true, note: ` (skipped: ${reason})` };
}
