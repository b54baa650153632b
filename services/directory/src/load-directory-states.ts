import {
  type Command,
  directoryStream,
  type PrincipalCommandBody,
  type StreamName,
  type TenantCommandBody,
  tenantId,
  tenantsStream,
} from '@almanac/contracts';
import { type DirectoryState, signInName, type TenantsState } from '@almanac/domain-directory';
import type { LoadStates, Versioned } from '@almanac/event-sourcing';
import type { DirectoryLookup, DirectoryStateReader, LoadedDirectory } from '@almanac/ports';

export const loadDirectories =
  (reader: DirectoryStateReader): LoadStates<DirectoryState, PrincipalCommandBody> =>
  async (commands) => {
    const states = new Map<StreamName, Versioned<DirectoryState>>();
    for (const [stream, own] of Map.groupBy(commands, (command) => command.stream)) {
      states.set(directoryStream(tenantId(stream)), stateFrom(await reader.directory(lookupOf(stream, own))));
    }
    return states;
  };

function lookupOf(stream: StreamName, commands: readonly Command<PrincipalCommandBody>[]): DirectoryLookup {
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const { body } of commands) {
    ids.add(body.id);
    const details = body.type === 'AddPrincipal' ? body : body.type === 'ChangePrincipal' ? body.changes : {};
    for (const member of details.members ?? []) ids.add(member);
    for (const address of details.addresses ?? []) names.add(signInName(address));
    if (details.login !== undefined) names.add(signInName(details.login));
  }
  return { tenant: stream, ids: [...ids], names: [...names] };
}

function stateFrom({ version, tenantExists, principals, holders }: LoadedDirectory): Versioned<DirectoryState> {
  const known = principals.map(
    ({ id, kind, appPasswords }) =>
      [id, { kind, appPasswords: new Map(appPasswords.map(({ key, usedAt = null }) => [key, usedAt])) }] as const,
  );
  const held = holders.map(({ name, id }) => [name, id] as const);
  return { version, state: { tenantExists, principals: new Map(known), holders: new Map(held) } };
}

export const loadTenants =
  (reader: DirectoryStateReader): LoadStates<TenantsState, TenantCommandBody> =>
  async () => {
    const { version, tenants, inUse } = await reader.tenants();
    const state = { tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])), inUse: new Set(inUse) };
    return new Map([[tenantsStream, { version, state }]]);
  };
