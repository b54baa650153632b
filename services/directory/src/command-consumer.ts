import {
  type Command,
  type CommandResult,
  type PrincipalCommandBody,
  type TenantCommandBody,
  tenantCommandTypes,
} from '@almanac/contracts';
import { decideDirectory, decideTenant, evolveDirectory, evolveTenants } from '@almanac/domain-directory';
import { type CommandService, type CommandServicePorts, handleCommands, sharedHandling } from '@almanac/event-sourcing';
import type { DirectoryStateReader } from '@almanac/ports';
import { loadDirectories, loadTenants } from './load-directory-states.js';

/** How the directory service handles a batch: a run of commands of one family at a time, in their order. */
export function directoryCommands(ports: CommandServicePorts<DirectoryStateReader>): CommandService {
  const { states } = ports;
  const shared = sharedHandling(ports);
  const tenants = {
    ...shared,
    decider: { decide: decideTenant, evolve: evolveTenants },
    load: loadTenants(states),
  };
  const principals = {
    ...shared,
    decider: { decide: decideDirectory, evolve: evolveDirectory },
    load: loadDirectories(states),
  };
  return async (commands) => {
    const results: CommandResult[] = [];
    for (const run of runsOfOneFamily(commands)) {
      const said = isTenantCommand(run[0] as Command)
        ? await handleCommands(tenants, run as Command<TenantCommandBody>[])
        : await handleCommands(principals, run as Command<PrincipalCommandBody>[]);
      results.push(...said);
    }
    return results;
  };
}

const isTenantCommand = ({ body }: Command): boolean => tenantCommandTypes.has(body.type);

function runsOfOneFamily(commands: readonly Command[]): Command[][] {
  const runs: Command[][] = [];
  for (const command of commands) {
    const last = runs.at(-1);
    if (last !== undefined && isTenantCommand(last[0] as Command) === isTenantCommand(command)) last.push(command);
    else runs.push([command]);
  }
  return runs;
}
