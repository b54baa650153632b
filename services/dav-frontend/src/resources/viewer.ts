import type { Viewer } from '@almanac/access';
import { type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import type { FrontendPorts } from '../frontend-ports.js';

/** Groups may be in groups; a chain longer than this is a ring, or nobody's idea. */
const maxDepth = 8;

/** Asks for the groups when it is called first. */
export function viewerOf(ports: FrontendPorts, tenant: TenantRecord, { id }: PrincipalRecord): () => Promise<Viewer> {
  let asked: Promise<Viewer> | undefined;
  return () => {
    asked ??= groupsOf(ports, tenant, id).then((groups) => ({ id, groups }));
    return asked;
  };
}

async function groupsOf({ principals }: FrontendPorts, tenant: TenantRecord, id: string): Promise<readonly string[]> {
  const found = new Set<string>();
  let members = [id];
  for (let depth = 0; depth < maxDepth && members.length > 0; depth += 1) {
    const groups = await Promise.all(members.map((member) => principals.groupsOf(tenantId(tenant.id), member)));
    members = groups
      .flat()
      .map((group) => group.id)
      .filter((group) => !found.has(group));
    for (const group of members) found.add(group);
  }
  return [...found];
}
